/** The record of every byte that a build depends on: its codec and the difference between two records. */
@NullMarked
package io.github.mlmaven.lock;

import org.jspecify.annotations.NullMarked;
