package io.github.mlmaven.model;

/** A format of model files that an engine can serve. */
public enum ModelFormat {
    /** Open Neural Network Exchange, {@code onnx.proto3}. */
    ONNX("onnx");

    private final String id;

    ModelFormat(String id) {
        this.id = id;
    }

    /** The name in descriptors, locks and reports; in metadata the server's {@code platform} derives from it. */
    public String id() {
        return id;
    }

    /** The format of this id. */
    public static ModelFormat of(String id) {
        for (ModelFormat format : values()) {
            if (format.id.equals(id)) {
                return format;
            }
        }
        throw new IllegalArgumentException("unknown model format: " + id);
    }
}
