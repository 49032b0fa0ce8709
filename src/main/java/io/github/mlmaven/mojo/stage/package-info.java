/** The stages of a build as the goals share them: each runs once, however many goals ask for its result. */
@NullMarked
package io.github.mlmaven.mojo.stage;

import org.jspecify.annotations.NullMarked;
