/** What attestations tell of the project and of the run, as Maven knows it. */
@NullMarked
package io.github.mlmaven.mojo.attest;

import org.jspecify.annotations.NullMarked;
