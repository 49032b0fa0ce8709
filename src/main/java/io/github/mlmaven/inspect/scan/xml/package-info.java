/** Recognises XML, PMML above all, and refuses what reaches out of it. */
@NullMarked
package io.github.mlmaven.inspect.scan.xml;

import org.jspecify.annotations.NullMarked;
