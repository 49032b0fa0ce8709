/** Verified models as archives for a repository, with equal bytes for equal models. */
@NullMarked
package io.github.mlmaven.embed.archive;

import org.jspecify.annotations.NullMarked;
