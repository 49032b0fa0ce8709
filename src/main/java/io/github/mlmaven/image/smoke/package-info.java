/** Starts what was assembled and asks it for the golden predictions. */
@NullMarked
package io.github.mlmaven.image.smoke;

import org.jspecify.annotations.NullMarked;
