/** A manifest with all that it names, as the files of an OCI layout. */
@NullMarked
package io.github.mlmaven.image.layout;

import org.jspecify.annotations.NullMarked;
