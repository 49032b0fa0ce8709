/** Recognises programs, which have no place beside a model. */
@NullMarked
package io.github.mlmaven.inspect.scan.program;

import org.jspecify.annotations.NullMarked;
