/** The shared libraries that programs need, read from their ELF headers. */
@NullMarked
package io.github.mlmaven.image.elf;

import org.jspecify.annotations.NullMarked;
