/** Coverage-guided fuzzing of everything that reads a file of a model; run by {@code mvn verify -Dfuzz}. */
@NullMarked
package io.github.mlmaven.fuzz;

import org.jspecify.annotations.NullMarked;
