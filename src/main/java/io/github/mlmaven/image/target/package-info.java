/** Where images go beyond the tar: a folder, the Docker daemon, registries. */
@NullMarked
package io.github.mlmaven.image.target;

import org.jspecify.annotations.NullMarked;
