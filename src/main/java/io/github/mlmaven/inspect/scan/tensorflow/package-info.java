/** Judges graphs of TensorFlow by their operators, in the graph and in its functions, and knows what lies beside them. */
@NullMarked
package io.github.mlmaven.inspect.scan.tensorflow;

import org.jspecify.annotations.NullMarked;
