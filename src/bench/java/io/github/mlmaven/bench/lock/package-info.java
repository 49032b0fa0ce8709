/** Times the goals that write and check the lock beside those of another plugin that locks dependencies. */
@NullMarked
package io.github.mlmaven.bench.lock;

import org.jspecify.annotations.NullMarked;
