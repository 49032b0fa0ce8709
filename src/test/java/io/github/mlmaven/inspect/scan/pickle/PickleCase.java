package io.github.mlmaven.inspect.scan.pickle;

/** A file, and what is to be said of it. */
public final class PickleCase {

    /** The heaviest finding. */
    public enum Verdict {
        /** It attacks. */
        MALICIOUS,
        /** It carries code. */
        CODE,
        /** It imports what nobody knows. */
        IMPORT,
        /** It is broken, and does nothing else. */
        CORRUPT,
        /** A pickle, which is unsafe, with nothing in it but data. */
        UNSAFE,
        /** Something else. */
        NOT_A_PICKLE
    }

    private final String name;
    private final byte[] bytes;
    private final Verdict verdict;

    PickleCase(String name, byte[] bytes, Verdict verdict) {
        this.name = name;
        this.bytes = bytes;
        this.verdict = verdict;
    }

    /** A sentence. */
    public String name() {
        return name;
    }

    /** The whole file. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** What is to be said. */
    public Verdict verdict() {
        return verdict;
    }

    @Override
    public String toString() {
        return verdict + ": " + name;
    }
}
