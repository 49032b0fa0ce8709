/** Verifies who signed a model's files: bundles of OpenSSF Model Signing, offline, by a key or certificates of the pom. */
@NullMarked
package io.github.mlmaven.verify.signature;

import org.jspecify.annotations.NullMarked;
