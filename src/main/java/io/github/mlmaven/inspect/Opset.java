package io.github.mlmaven.inspect;

/**
 * An operator set that a model imports.
 *
 * @param domain its domain, {@code ai.onnx} where the model leaves it empty
 * @param version its version
 */
public record Opset(String domain, long version) {
    @Override
    public String toString() {
        return domain + " " + version;
    }
}
