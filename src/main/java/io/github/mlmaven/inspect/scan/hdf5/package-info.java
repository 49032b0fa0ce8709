/** Reads the structure of HDF5 files, in little memory and without their data, and judges what Keras keeps in them. */
@NullMarked
package io.github.mlmaven.inspect.scan.hdf5;

import org.jspecify.annotations.NullMarked;
