/** The vocabulary that the build and the server share: datatypes, shapes, tensors, contracts, descriptors. */
@NullMarked
package io.github.mlmaven.model;

import org.jspecify.annotations.NullMarked;
