/** Two builds of one image, held against each other down to the files in their layers. */
@NullMarked
package io.github.mlmaven.image.reproduce;

import org.jspecify.annotations.NullMarked;
