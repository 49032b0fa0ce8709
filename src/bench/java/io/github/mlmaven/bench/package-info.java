/** Measures the server against the engine alone and against what developers write instead of it. */
@NullMarked
package io.github.mlmaven.bench;

import org.jspecify.annotations.NullMarked;
