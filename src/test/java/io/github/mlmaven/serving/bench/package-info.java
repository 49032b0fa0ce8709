/** Measures the server against the engine alone; run by hand. */
package io.github.mlmaven.serving.bench;
