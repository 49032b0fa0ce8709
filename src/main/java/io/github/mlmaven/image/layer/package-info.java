/** Layers of an image as deterministic tar streams. */
@NullMarked
package io.github.mlmaven.image.layer;

import org.jspecify.annotations.NullMarked;
