package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.model.Tensor;

/**
 * A file with one {@code TensorProto}.
 *
 * @param tensor the tensor
 * @param documentation its {@code doc_string}, cut where it is long, without control characters; may be empty
 */
public record TensorFile(Tensor tensor, String documentation) {}
