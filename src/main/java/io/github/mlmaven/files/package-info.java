/** Files that are written whole or not at all, and folders that go with all that is in them. */
@NullMarked
package io.github.mlmaven.files;

import org.jspecify.annotations.NullMarked;
