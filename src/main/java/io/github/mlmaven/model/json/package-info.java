/** JSON forms of the vocabulary, by streaming: tensors as the Open Inference Protocol writes them, descriptors as the jar carries them. */
@NullMarked
package io.github.mlmaven.model.json;

import org.jspecify.annotations.NullMarked;
