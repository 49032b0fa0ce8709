/** Documents that refer to an image, in registries and OCI layouts (OCI distribution specification, "Referrers"). */
@NullMarked
package io.github.mlmaven.image.referrer;

import org.jspecify.annotations.NullMarked;
