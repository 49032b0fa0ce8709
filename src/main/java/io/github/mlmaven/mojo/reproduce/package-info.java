/** A second build of the image, in another place: the same Maven on a copy of the whole build. */
@NullMarked
package io.github.mlmaven.mojo.reproduce;

import org.jspecify.annotations.NullMarked;
