package io.github.mlmaven.inspect.scan.archive;

import static io.github.mlmaven.inspect.scan.archive.EvilScanner.EVIL;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.NOISE;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.TEXT;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.bytes;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.concat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Compressed files and archives other than zip and tar, honest and not. */
final class CompressedCases {

    private CompressedCases() {}

    static List<Case> honest() {
        return List.of(
                packed("gzip", Packed.gzip(TEXT)),
                packed("zlib", Packed.zlib(TEXT)),
                packed("bzip2", Packed.bzip2(TEXT)),
                packed("xz", Packed.xz(TEXT)),
                packed("LZMA", Packed.lzma(TEXT)),
                packed("LZ4", Packed.lz4(TEXT)),
                packed("Snappy", Packed.snappy(TEXT)),
                packed("zlib, by an old joblib", Packed.zfile(TEXT)),
                packed("gzip of two members", concat(Packed.gzip(TEXT), Packed.gzip(TEXT))),
                packed("xz of two streams", concat(Packed.xz(TEXT), Packed.xz(TEXT))),
                packed("bzip2 with padding", concat(Packed.bzip2(TEXT), new byte[512])),
                packed("gzip with names", named(Packed.gzip(TEXT))),
                Case.of("a 7z archive", Packed.sevenZ(Map.of("a", TEXT))),
                Case.of("text that begins as zlib does", bytes("x^2 + y^2 = z^2 for some of them")),
                Case.of("text of two letters", bytes("x^")));
    }

    static List<Case> hostile() {
        byte[] seven = Packed.sevenZ(Map.of("../a", EVIL));
        return List.of(
                evil("gzip", Packed.gzip(EVIL)),
                evil("zlib", Packed.zlib(EVIL)),
                evil("bzip2", Packed.bzip2(EVIL)),
                evil("xz", Packed.xz(EVIL)),
                evil("LZMA", Packed.lzma(EVIL)),
                evil("LZ4", Packed.lz4(EVIL)),
                evil("Snappy", Packed.snappy(EVIL)),
                evil("zlib, by an old joblib", Packed.zfile(EVIL)),
                Case.of("gzip that is cut", cut(Packed.gzip(EVIL), 4)),
                Case.of("gzip with another checksum", flip(Packed.gzip(EVIL), 5)),
                Case.of("zlib that is cut", cut(Packed.zlib(EVIL), 2)),
                Case.of("zlib with another checksum", flip(Packed.zlib(EVIL), 1)),
                Case.of("xz that is cut", cut(Packed.xz(EVIL), 9)),
                Case.of("LZ4 that is cut", cut(Packed.lz4(EVIL), 6)),
                Case.of("evil after gzip", concat(Packed.gzip(TEXT), EVIL)),
                Case.of("evil after xz", concat(Packed.xz(TEXT), EVIL)),
                Case.of("evil after bzip2", concat(Packed.bzip2(TEXT), EVIL)),
                Case.of("evil after zlib", concat(Packed.zlib(TEXT), EVIL)),
                Case.of("evil after LZMA", concat(Packed.lzma(TEXT), EVIL)),
                Case.of("evil after LZ4", concat(Packed.lz4(TEXT), EVIL)),
                Case.of("noise after gzip", concat(Packed.gzip(TEXT), NOISE)),
                Case.of("evil in the second member of gzip", concat(Packed.gzip(new byte[0]), Packed.gzip(EVIL))),
                Case.of(
                        "a name without end in gzip",
                        concat(new byte[] {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0}, bytes("n".repeat(70_000)))),
                Case.of("a path out of a 7z archive", seven),
                Case.of("a 7z archive with a password", Packed.sevenZ(Map.of("a", EVIL), 's')),
                Case.of("a 7z archive that is cut", cut(seven, 9)),
                Case.of("a 7z archive whose data is broken", flip(seven, seven.length - 45)),
                Case.of("evil after a 7z archive", concat(Packed.sevenZ(Map.of("a", TEXT)), EVIL)),
                closed("a RAR archive", bytes("Rar!\u001a\u0007\1\0")),
                closed("an ar archive", bytes("!<arch>\nfile")),
                closed("a cpio archive", bytes("070701" + "0".repeat(104))),
                closed("a Windows cabinet", bytes("MSCF\0\0\0\0")),
                closed("a Zstandard file", bytes("(\u00b5/\u00fd$\0\1\0\0")),
                closed("a Zstandard or LZ4 file", bytes("P*M\u0018\0\0\0\0")),
                closed("a file of Unix compress", bytes("\u001f\u009d\u0090\0\0")),
                closed(
                        "a disk image (SquashFS)",
                        concat(
                                bytes("hsqs"),
                                RawZip.little(36).putShort(24, (short) 4).array())),
                closed("a disk image (ISO 9660)", concat(concat(new byte[32_768], bytes("\1CD001")), new byte[2000])),
                closed("an ARJ archive", concat(bytes("`\u00ea+\0\u001e\0\0\0\0\0\2"), new byte[40])),
                closed("an LHA archive", bytes("\u0020\u0001-lh5-\0\0\0")));
    }

    private static Case packed(String title, byte[] bytes) {
        return Case.of("honest " + title, bytes);
    }

    private static Case evil(String title, byte[] bytes) {
        return Case.of("evil in " + title, bytes);
    }

    private static Case closed(String format, byte[] bytes) {
        return Case.of(format, bytes);
    }

    /** With all that RFC 1952 allows in a header. */
    private static byte[] named(byte[] gzip) {
        byte[] header = concat(Arrays.copyOf(gzip, 10), bytes("\2\0ABname\0comment\0\0\0"));
        header[3] = 4 | 8 | 16 | 2;
        return concat(header, Arrays.copyOfRange(gzip, 10, gzip.length));
    }

    private static byte[] cut(byte[] bytes, int less) {
        return Arrays.copyOf(bytes, bytes.length - less);
    }

    private static byte[] flip(byte[] bytes, int fromEnd) {
        byte[] flipped = bytes.clone();
        flipped[bytes.length - fromEnd] ^= 1;
        return flipped;
    }
}
