package io.github.mlmaven.inspect.scan.archive;

/** How the records of a zip archive begin. */
enum ZipSignature {
    LOCAL(3, 4),
    DESCRIPTOR(7, 8),
    CENTRAL(1, 2),
    END(5, 6),
    END_64(6, 6),
    LOCATOR_64(6, 7);

    private final int third;
    private final int fourth;

    ZipSignature(int third, int fourth) {
        this.third = third;
        this.fourth = fourth;
    }

    boolean isAt(byte[] bytes, int at) {
        return bytes.length >= at + 4
                && bytes[at] == 'P'
                && bytes[at + 1] == 'K'
                && bytes[at + 2] == third
                && bytes[at + 3] == fourth;
    }
}
