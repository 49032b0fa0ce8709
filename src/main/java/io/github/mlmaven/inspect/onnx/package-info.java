/** The bounded, streaming reader of ONNX protobuf. */
@NullMarked
package io.github.mlmaven.inspect.onnx;

import org.jspecify.annotations.NullMarked;
