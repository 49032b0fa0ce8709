/** Writes what a verified model brings into the jar: descriptor, resources and the generated entrypoint. */
@NullMarked
package io.github.mlmaven.embed;

import org.jspecify.annotations.NullMarked;
