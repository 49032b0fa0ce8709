/** Recognises vocabularies that are not text. */
@NullMarked
package io.github.mlmaven.inspect.scan.tokenizer;

import org.jspecify.annotations.NullMarked;
