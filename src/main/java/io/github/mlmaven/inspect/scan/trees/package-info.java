/** Recognises boosted trees as XGBoost, LightGBM and CatBoost save them, and says how they become ONNX. */
@NullMarked
package io.github.mlmaven.inspect.scan.trees;

import org.jspecify.annotations.NullMarked;
