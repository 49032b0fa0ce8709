/** The models as an image from scratch that a server mounts. */
@NullMarked
package io.github.mlmaven.image.modelcar;

import org.jspecify.annotations.NullMarked;
