/** Measures the engine by itself; run by hand. */
package io.github.mlmaven.serving.engine.bench;
