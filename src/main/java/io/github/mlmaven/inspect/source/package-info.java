/** Models from a repository: what was asked for, and the folder that it becomes; who fetches it is not known here. */
@NullMarked
package io.github.mlmaven.inspect.source;

import org.jspecify.annotations.NullMarked;
