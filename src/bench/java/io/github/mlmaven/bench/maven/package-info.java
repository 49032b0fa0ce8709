/** Maven builds that are timed. */
@NullMarked
package io.github.mlmaven.bench.maven;

import org.jspecify.annotations.NullMarked;
