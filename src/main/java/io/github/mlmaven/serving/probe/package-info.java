/** The program that the build forks on the class path that ships, to load a model and run golden inputs. */
@NullMarked
package io.github.mlmaven.serving.probe;

import org.jspecify.annotations.NullMarked;
