/** Reads what is in a content, bounded: numbers, JSON, names; what breaks the rules of a format is one exception. */
@NullMarked
package io.github.mlmaven.inspect.scan.read;

import org.jspecify.annotations.NullMarked;
