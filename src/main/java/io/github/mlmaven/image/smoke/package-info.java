/** The packaged server as a process on this machine, and what is asked of it. */
@NullMarked
package io.github.mlmaven.image.smoke;

import org.jspecify.annotations.NullMarked;
