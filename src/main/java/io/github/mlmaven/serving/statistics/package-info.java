/** What the statistics extension of the Open Inference Protocol tells of each model since the start. */
@NullMarked
package io.github.mlmaven.serving.statistics;

import org.jspecify.annotations.NullMarked;
