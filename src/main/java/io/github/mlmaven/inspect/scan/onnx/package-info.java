/** Recognises ONNX models among a model's files; reading them is not done here. */
@NullMarked
package io.github.mlmaven.inspect.scan.onnx;

import org.jspecify.annotations.NullMarked;
