/** What a build's result is made of, as a CycloneDX document; the only user of CycloneDX's library. */
@NullMarked
package io.github.mlmaven.report.bom;

import org.jspecify.annotations.NullMarked;
