/** The engine SPI, which loads a model and runs tensors through it, and ONNX Runtime as its first provider. */
@NullMarked
package io.github.mlmaven.serving.engine;

import org.jspecify.annotations.NullMarked;
