/** Looks into archives and compressed files, and finds what is built to hurt or to hide. */
@NullMarked
package io.github.mlmaven.inspect.scan.archive;

import org.jspecify.annotations.NullMarked;
