package io.github.mlmaven.inspect.scan;

/** What a file is for; of a file that is several at once, the last counts. */
public enum Kind {
    /** Plain data: text, tables, images, tokenizers. It goes with the model. */
    DATA,
    /** A model of a format that an engine here serves. */
    MODEL,
    /** A model, or weights, of a format that is not served. */
    OTHER_MODEL,
    /** An archive or a compressed file; what counts is in it. */
    CONTAINER,
    /** Code, or data that runs code when it is loaded. */
    UNSAFE,
    /** Not recognised, so nobody knows. */
    UNKNOWN
}
