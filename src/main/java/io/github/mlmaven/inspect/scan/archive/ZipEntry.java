package io.github.mlmaven.inspect.scan.archive;

/**
 * An entry as one of its two headers describes it.
 *
 * @param name as it is written there
 * @param needed the version that is needed to read it
 * @param flags APPNOTE.TXT, 4.4.4
 * @param method how it is packed
 * @param crc of what is unpacked
 * @param packed its size in the archive
 * @param size its size unpacked
 * @param header where its local header begins
 * @param mode of Unix: a link, a folder, …
 * @param extra what else is known
 */
record ZipEntry(
        EntryName name,
        int needed,
        int flags,
        int method,
        long crc,
        long packed,
        long size,
        long header,
        int mode,
        ZipExtra extra) {

    static final int STORED = 0;
    static final int DEFLATED = 8;
    static final int BZIP2 = 12;
    static final int LZMA = 14;

    private static final int ENCRYPTED = 1;
    private static final int DESCRIPTOR = 1 << 3;
    private static final int STRONG = 1 << 6;
    private static final int MASKED = 1 << 13;
    private static final int LEVEL = 1 << 1 | 1 << 2;
    private static final int UTF_8 = 1 << 11;

    boolean isEncrypted() {
        return (flags & (ENCRYPTED | STRONG | MASKED)) != 0 || extra.isEncrypted();
    }

    /** Flags that no honest writer sets: patches, what is reserved, what is unused. */
    int strangeFlags() {
        return flags & ~(ENCRYPTED | DESCRIPTOR | STRONG | MASKED | LEVEL | UTF_8);
    }

    /** Without those that only tell how it was packed. */
    int comparableFlags() {
        return flags & ~LEVEL;
    }

    /** CRC and sizes stand behind the data. */
    boolean hasDescriptor() {
        return (flags & DESCRIPTOR) != 0;
    }

    /** A local header that leaves everything to the descriptor behind the data. */
    boolean isOpen() {
        return hasDescriptor() && packed == 0 && size == 0;
    }

    /** LZMA's own mark of its end. */
    boolean hasEndMark() {
        return (flags & 1 << 1) != 0;
    }

    /** A pipe, a device, a link or a socket; what is no type at all is what some writers give to folders. */
    boolean isSpecial() {
        return switch (mode >>> 12) {
            case 0x1, 0x2, 0x6, 0xA, 0xC -> true;
            default -> false;
        };
    }

    boolean isLink() {
        return (mode & 0xF000) == 0xA000;
    }
}
