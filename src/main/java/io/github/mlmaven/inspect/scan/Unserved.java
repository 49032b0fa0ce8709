package io.github.mlmaven.inspect.scan;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;

/** Says of a model of another format that it is not served, and how it becomes one that is. */
public final class Unserved {

    private Unserved() {}

    /**
     * The finding.
     *
     * @param format what it is: {@code a Keras v3 model}
     * @param next how to convert it, with the command
     */
    public static Finding of(Content content, String format, String next) {
        return Finding.of(
                FindingId.MODEL_UNSERVED,
                content.place(),
                "the format is recognised but not served",
                "an ONNX model",
                format,
                next);
    }
}
