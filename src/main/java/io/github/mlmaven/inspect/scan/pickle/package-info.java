/** Reads Python's pickles, and NumPy's files that hold them, without running them: what would loading one import? */
@NullMarked
package io.github.mlmaven.inspect.scan.pickle;

import org.jspecify.annotations.NullMarked;
