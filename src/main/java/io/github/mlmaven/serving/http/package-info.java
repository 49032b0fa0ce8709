/** The HTTP server: routes, limits, and the way from a socket to the engine and back. */
@NullMarked
package io.github.mlmaven.serving.http;

import org.jspecify.annotations.NullMarked;
