/** Models on disk: their files are checked, loaded and warmed up, at start and while the server runs. */
@NullMarked
package io.github.mlmaven.serving.repository;

import org.jspecify.annotations.NullMarked;
