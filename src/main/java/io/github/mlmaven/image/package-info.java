/** Assembles the container image, starts what it assembled, and emits it; the only user of Jib. */
@NullMarked
package io.github.mlmaven.image;

import org.jspecify.annotations.NullMarked;
