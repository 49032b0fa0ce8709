/** Wire protocols: requests and replies as bytes, independent of the HTTP stack. */
@NullMarked
package io.github.mlmaven.serving.protocol;

import org.jspecify.annotations.NullMarked;
