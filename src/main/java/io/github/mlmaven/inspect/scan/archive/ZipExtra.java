package io.github.mlmaven.inspect.scan.archive;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An entry's extra fields (APPNOTE.TXT, 4.5), with the sizes and the offset that are too large for the header.
 *
 * @param size unpacked, or negative
 * @param packed or negative
 * @param offset of the local header, or negative
 * @param name a second name (4.6.9), which some readers prefer
 * @param isEncrypted whether there are fields of encryption
 * @param isBroken whether they do not fit together
 */
record ZipExtra(long size, long packed, long offset, Optional<String> name, boolean isEncrypted, boolean isBroken) {

    private static final int ZIP64 = 0x0001;
    private static final int STRONG = 0x0017;
    private static final int NAME = 0x7075;
    private static final int AES = 0x9901;
    private static final long IN_EXTRA = 0xFFFF_FFFFL;

    /**
     * Reads them.
     *
     * @param size as the header has it, as are the others; what is all ones there is here
     */
    static ZipExtra read(byte[] bytes, long size, long packed, long offset) {
        long[] sizes = {size, packed, offset};
        Optional<String> name = Optional.empty();
        boolean encrypted = false;
        boolean broken = false;
        boolean hasZip64 = false;
        int at = 0;
        while (at + 4 <= bytes.length && !broken) {
            int id = Little.u16(bytes, at);
            int from = at + 4;
            at = from + Little.u16(bytes, at + 2);
            // Four bytes of zero are what aligners fill gaps with.
            broken = at > bytes.length || (id == ZIP64 && hasZip64);
            if (broken) {
                break;
            }
            encrypted |= id == STRONG || id == AES;
            if (id == NAME && at - from > 5) {
                name = Optional.of(new String(bytes, from + 5, at - from - 5, StandardCharsets.UTF_8));
            }
            if (id == ZIP64) {
                hasZip64 = true;
                broken = !readZip64(bytes, from, at, sizes);
            }
        }
        return new ZipExtra(sizes[0], sizes[1], sizes[2], name, encrypted, broken);
    }

    /** 4.5.3: only those that are all ones in the header, in this order. */
    private static boolean readZip64(byte[] bytes, int from, int to, long[] sizes) {
        int at = from;
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == IN_EXTRA) {
                if (at + 8 > to) {
                    return false;
                }
                sizes[i] = Little.i64(bytes, at);
                at += 8;
            }
        }
        return true;
    }
}
