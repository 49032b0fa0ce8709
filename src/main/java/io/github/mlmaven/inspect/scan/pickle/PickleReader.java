package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.Recognition.Outcome;
import java.io.IOException;

/** Reads pickles one after the other, as legacy files of PyTorch hold them. */
final class PickleReader {

    private final Source source;
    private final long base;
    private final int depth;
    private final Trail trail;
    private boolean ranOut;

    /**
     * Of one file, or of one string.
     *
     * @param base where it is in the file, for messages
     * @param depth in how many strings of other pickles it is
     * @param trail takes what is found
     */
    PickleReader(Source source, long base, int depth, Trail trail) {
        this.source = source;
        this.base = base;
        this.depth = depth;
        this.trail = trail;
    }

    /** Whether it holds pickles; if not, nothing was found. */
    boolean read() throws IOException {
        Trail found = new Trail();
        if (!read(found, depth == 0)) {
            return false;
        }
        trail.add(found);
        trail.following(found.following());
        if (found.hasArrayWrappers()) {
            // Only joblib skips arrays. For everybody else what is in them is code.
            Trail plain = new Trail();
            if (read(plain, false) && plain.broken().isEmpty()) {
                trail.addNested(plain);
            } else {
                trail.addHarm(plain);
            }
        }
        return true;
    }

    /** Whether more bytes could have made pickles of it. */
    boolean ranOut() {
        return ranOut;
    }

    private boolean read(Trail found, boolean joblib) throws IOException {
        boolean pickle = false;
        boolean data = false;
        try (PickleInput in = new PickleInput(source, base)) {
            while (in.left() > 0) {
                long start = in.position();
                Machine machine = new Machine(in, depth, joblib);
                machine.run();
                ranOut = machine.ranOut();
                Outcome outcome = machine.outcome();
                if (outcome == Outcome.NOTHING) {
                    found.following(source.size() - start);
                    return pickle;
                }
                found.add(machine.trail());
                pickle |= outcome == Outcome.PICKLE;
                data |= outcome == Outcome.DATA;
                if (!machine.isStopped()) {
                    return pickle;
                }
            }
        }
        return pickle || data;
    }
}
