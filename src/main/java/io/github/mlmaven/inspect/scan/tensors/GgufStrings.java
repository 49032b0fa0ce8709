package io.github.mlmaven.inspect.scan.tensors;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.nio.ByteOrder;

/** The start of a GGUF file, and how counts and texts are written in its version. */
final class GgufStrings {

    private static final int MAGIC = 4;
    private static final int NEWEST = 3;

    private final ByteReader in;
    private final int version;

    private GgufStrings(ByteReader in, int version) {
        this.in = in;
        this.version = version;
    }

    /** Reads the magic and the version; big-endian machines write a version whose low half is zero. */
    static GgufStrings start(ByteReader in) throws IOException, MalformedException {
        in.skip(MAGIC);
        long version = in.u32();
        if ((version & 0xFFFF) == 0 && version != 0) {
            in.order(ByteOrder.BIG_ENDIAN);
            version = Integer.reverseBytes((int) version) & 0xFFFF_FFFFL;
        }
        if (version < 1 || version > NEWEST) {
            throw corrupt("the version is unknown", "1 to " + NEWEST, Long.toString(version));
        }
        return new GgufStrings(in, (int) version);
    }

    int version() {
        return version;
    }

    /**
     * A number of things that follow.
     *
     * @param least how many bytes each of them takes at least
     */
    long count(String things, int least) throws IOException, MalformedException {
        long count = version == 1 ? in.u32() : in.i64();
        if (count < 0 || count > in.left() / least) {
            throw MalformedException.truncated(
                    Long.toUnsignedString(count) + " " + things + " behind byte " + in.position(),
                    in.left() + " bytes for them");
        }
        return count;
    }

    /** A text of bounded length. */
    String text(String what, int most) throws IOException, MalformedException {
        long length = count("bytes of " + what, 1);
        if (length > most) {
            throw MalformedException.limit(what + " is too long", "at most " + most + " bytes", length + " bytes");
        }
        return in.text((int) length);
    }

    /** Passes over a text. */
    void skipText() throws IOException, MalformedException {
        in.skip(count("bytes of a text", 1));
    }
}
