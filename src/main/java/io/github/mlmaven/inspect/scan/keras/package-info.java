/** Judges what Keras builds when it loads a configuration: layers of its own, or code that somebody else put there. */
@NullMarked
package io.github.mlmaven.inspect.scan.keras;

import org.jspecify.annotations.NullMarked;
