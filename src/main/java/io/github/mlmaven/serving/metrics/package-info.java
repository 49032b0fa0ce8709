/** What the server counts, and how Prometheus reads it. */
@NullMarked
package io.github.mlmaven.serving.metrics;

import org.jspecify.annotations.NullMarked;
