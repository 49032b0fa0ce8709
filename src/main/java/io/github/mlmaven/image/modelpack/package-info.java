/** The models as an OCI artifact of the CNCF's ModelPack specification. */
@NullMarked
package io.github.mlmaven.image.modelpack;

import org.jspecify.annotations.NullMarked;
