/** Recognises files of weights, safetensors and GGUF, and holds their headers against their bytes. */
@NullMarked
package io.github.mlmaven.inspect.scan.tensors;

import org.jspecify.annotations.NullMarked;
