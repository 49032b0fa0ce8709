/** How registries are reached: as whom, and over which transport. */
@NullMarked
package io.github.mlmaven.image.registry;

import org.jspecify.annotations.NullMarked;
