/** Recognises plain data: text, tables, images, and files that say nothing. */
@NullMarked
package io.github.mlmaven.inspect.scan.data;

import org.jspecify.annotations.NullMarked;
