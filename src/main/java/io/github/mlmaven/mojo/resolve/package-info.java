/** Asks Maven what takes part in a build: the runtime class path and the plugins up to package. */
@NullMarked
package io.github.mlmaven.mojo.resolve;

import org.jspecify.annotations.NullMarked;
