/** Recognises models in flatbuffers, those of TFLite and ONNX Runtime's own, and judges their operators. */
@NullMarked
package io.github.mlmaven.inspect.scan.tflite;

import org.jspecify.annotations.NullMarked;
