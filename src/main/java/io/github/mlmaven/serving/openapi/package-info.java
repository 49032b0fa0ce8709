/** The description of the server's HTTP paths for these very models, as OpenAPI 3.1. */
@NullMarked
package io.github.mlmaven.serving.openapi;

import org.jspecify.annotations.NullMarked;
