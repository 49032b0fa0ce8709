/** Recognises models of Core ML, and what in them is not in them: custom layers, custom models, linked models. */
@NullMarked
package io.github.mlmaven.inspect.scan.coreml;

import org.jspecify.annotations.NullMarked;
