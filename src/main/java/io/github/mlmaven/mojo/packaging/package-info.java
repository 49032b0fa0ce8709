/** What {@code <extensions>true</extensions>} brings: the packaging ml-model, and what it adds to a project before it is built. */
@NullMarked
package io.github.mlmaven.mojo.packaging;

import org.jspecify.annotations.NullMarked;
