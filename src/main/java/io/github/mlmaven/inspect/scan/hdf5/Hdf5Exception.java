package io.github.mlmaven.inspect.scan.hdf5;

/** A file that is not as HDF5 has it, or more than is read. */
final class Hdf5Exception extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean limit;

    private Hdf5Exception(String found, boolean limit) {
        super(found);
        this.limit = limit;
    }

    static Hdf5Exception corrupt(String found, long at) {
        return new Hdf5Exception(found + " at byte " + at, false);
    }

    static Hdf5Exception limit(String found) {
        return new Hdf5Exception(found, true);
    }

    boolean isLimit() {
        return limit;
    }

    String found() {
        return String.valueOf(getMessage());
    }
}
