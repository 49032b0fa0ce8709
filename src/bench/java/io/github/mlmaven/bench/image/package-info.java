/** What building an image with a large model costs, beside another plugin. */
@NullMarked
package io.github.mlmaven.bench.image;

import org.jspecify.annotations.NullMarked;
