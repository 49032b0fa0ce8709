package io.github.mlmaven.inspect.onnx;

/** What the reader takes from a file at most: far more than any real model has, far less than memory. */
final class Limits {

    /** Protobuf itself ends here: a message has at most 2 GiB less one byte. */
    static final long FILE_BYTES = Integer.MAX_VALUE;

    /** Messages within messages; one subgraph takes three. */
    static final int DEPTH = 64;

    /** Bytes of a name, a path or a number written as text. */
    static final int TEXT_BYTES = 4096;

    static final int INPUTS_OR_OUTPUTS = 10_000;
    static final int NODES = 10_000_000;
    static final int OPERATOR_TYPES = 10_000;
    static final int OPSETS = 1_000;
    static final int LOCALES = 100;
    static final int EXTERNAL_FILES = 20_000;

    /** Bytes of all initializers' names, which are kept until the end of the file. */
    static final long INITIALIZER_NAMES = 32L << 20;

    /** What a name that is kept takes besides its characters. */
    static final int NAME_OVERHEAD = 96;

    private Limits() {}
}
