package io.github.mlmaven.inspect.scan.pickle;

import java.io.IOException;

/** Looks for pickles in the byte strings of pickles, which is where loaders of loaders find them. */
final class Nested {

    /** How much of a string is looked at before it is known to hold a pickle. */
    static final int PEEK = 1 << 16;

    private static final int DEEPEST = 4;
    private static final int SHORTEST = 4;

    private final int depth;
    private final Trail trail;

    /**
     * For the strings of one pickle.
     *
     * @param depth in how many strings that pickle is
     * @param trail takes what is found
     */
    Nested(int depth, Trail trail) {
        this.depth = depth;
        this.trail = trail;
    }

    /** A string that is in the source as it is, and of which the start was read: whether it is a pickle. */
    boolean look(byte[] start, PickleInput in, long from, long length) throws IOException {
        long at = in.base() + from;
        if (!mayBePickle(start)) {
            return false;
        }
        if (start.length == length) {
            return take(Source.of(start), at);
        }
        PickleReader reader = new PickleReader(Source.of(start), at, depth + 1, new Trail());
        return (reader.read() || reader.ranOut()) && take(in.source().part(from, length), at);
    }

    /** A string that was decoded. */
    void look(byte[] bytes, long at) throws IOException {
        if (mayBePickle(bytes)) {
            take(Source.of(bytes), at);
        }
    }

    private boolean take(Source source, long at) throws IOException {
        Trail found = new Trail();
        boolean pickle = new PickleReader(source, at, depth + 1, found).read();
        if (pickle) {
            trail.addNested(found);
        }
        return pickle;
    }

    private boolean mayBePickle(byte[] start) {
        if (start.length < SHORTEST || Opcode.of(start[0]).isEmpty()) {
            return false;
        }
        if (depth == DEEPEST) {
            if ((start[0] & 0xFF) == Opcode.PROTO.code() && start[1] >= 0 && start[1] <= Machine.HIGHEST_PROTOCOL) {
                trail.limit("pickles in more than " + DEEPEST + " pickles");
            }
            return false;
        }
        return true;
    }
}
