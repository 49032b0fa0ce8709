/** The models and their server in images that jib-maven-plugin builds; runs in that plugin, on its class path. */
@NullMarked
package io.github.mlmaven.jib;

import org.jspecify.annotations.NullMarked;
