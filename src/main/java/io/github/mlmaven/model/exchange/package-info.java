/** The bytes that the build and the JVM it forks exchange: what to load and run, and what came of it. */
@NullMarked
package io.github.mlmaven.model.exchange;

import org.jspecify.annotations.NullMarked;
