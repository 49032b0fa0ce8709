/** Reads what an MLflow model folder says of itself, bounded and without making any object of it. */
@NullMarked
package io.github.mlmaven.inspect.mlflow;

import org.jspecify.annotations.NullMarked;
