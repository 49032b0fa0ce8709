/** What people and machines read of a build: console text and JSON. */
@NullMarked
package io.github.mlmaven.report;

import org.jspecify.annotations.NullMarked;
