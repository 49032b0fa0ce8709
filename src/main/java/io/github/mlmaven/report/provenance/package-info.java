/** How a build's result came about, as an in-toto statement with SLSA's provenance. */
@NullMarked
package io.github.mlmaven.report.provenance;

import org.jspecify.annotations.NullMarked;
