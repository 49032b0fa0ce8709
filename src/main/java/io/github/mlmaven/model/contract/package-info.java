/** What a change of a model's inputs and outputs means for the clients that were written for the ones before. */
@NullMarked
package io.github.mlmaven.model.contract;

import org.jspecify.annotations.NullMarked;
