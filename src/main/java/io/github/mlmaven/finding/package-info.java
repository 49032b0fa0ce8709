/** What a check has to say: an id, a severity, a place, what was expected and found, and the next step; what counts. */
@NullMarked
package io.github.mlmaven.finding;

import org.jspecify.annotations.NullMarked;
