/** Golden data: recorded inputs with the outputs that the training library gave, and how outputs are compared. */
@NullMarked
package io.github.mlmaven.verify.golden;

import org.jspecify.annotations.NullMarked;
