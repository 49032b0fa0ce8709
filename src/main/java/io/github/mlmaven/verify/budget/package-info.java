/** What a model may cost in time, memory and bytes, and what it was measured to cost. */
@NullMarked
package io.github.mlmaven.verify.budget;

import org.jspecify.annotations.NullMarked;
