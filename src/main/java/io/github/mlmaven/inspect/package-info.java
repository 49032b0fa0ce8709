/** Reads a model's bytes, bounded and without executing anything, into an inspected model. */
@NullMarked
package io.github.mlmaven.inspect;

import org.jspecify.annotations.NullMarked;
