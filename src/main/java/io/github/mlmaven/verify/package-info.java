/** Judges inspected models: one class per check; only what passes becomes a verified model. */
@NullMarked
package io.github.mlmaven.verify;

import org.jspecify.annotations.NullMarked;
