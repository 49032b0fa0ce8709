/** What holds only models: their files as they were verified, and the OCI layout that they are written in. */
@NullMarked
package io.github.mlmaven.image.models;

import org.jspecify.annotations.NullMarked;
