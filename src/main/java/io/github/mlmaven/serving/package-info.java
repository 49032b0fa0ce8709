/** What runs in the image: the server's start, its models and its life cycle. */
@NullMarked
package io.github.mlmaven.serving;

import org.jspecify.annotations.NullMarked;
