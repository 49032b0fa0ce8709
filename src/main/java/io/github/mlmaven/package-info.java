/** A Maven plugin that turns a trained model file into something a Java team can run in production. */
@NullMarked
package io.github.mlmaven;

import org.jspecify.annotations.NullMarked;
