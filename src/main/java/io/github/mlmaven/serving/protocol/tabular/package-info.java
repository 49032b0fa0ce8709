/** Requests as instances, named columns and tables, and predictions, which KServe v1, TensorFlow Serving, MLflow, SageMaker and Vertex AI share. */
@NullMarked
package io.github.mlmaven.serving.protocol.tabular;

import org.jspecify.annotations.NullMarked;
