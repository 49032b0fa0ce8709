/** Looks at every file of a model, and into it: what it is by its content, and whether it can be trusted. */
@NullMarked
package io.github.mlmaven.inspect.scan;

import org.jspecify.annotations.NullMarked;
