/** The log of requests: a line of JSON for each that failed, and for every other when asked for. */
@NullMarked
package io.github.mlmaven.serving.log;

import org.jspecify.annotations.NullMarked;
