/** The goals: parameters become requests, outcomes become Maven's; the only user of Maven's API. */
@NullMarked
package io.github.mlmaven.mojo;

import org.jspecify.annotations.NullMarked;
