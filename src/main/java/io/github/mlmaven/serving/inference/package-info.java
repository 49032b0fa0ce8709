/** The one path from a request to the engine: the models, the checks against their contracts, and readiness. */
@NullMarked
package io.github.mlmaven.serving.inference;

import org.jspecify.annotations.NullMarked;
