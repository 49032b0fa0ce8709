/** Reads protobuf whose schema is not compiled in: field by field, from a file of any size, in little memory. */
@NullMarked
package io.github.mlmaven.inspect.scan.proto;

import org.jspecify.annotations.NullMarked;
