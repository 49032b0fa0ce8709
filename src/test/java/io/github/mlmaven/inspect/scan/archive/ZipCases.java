package io.github.mlmaven.inspect.scan.archive;

import static io.github.mlmaven.inspect.scan.archive.EvilScanner.EVIL;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** Zip archives, honest and not. A table, and so long. */
final class ZipCases {

    static final byte[] TEXT = "all is well\n".getBytes(StandardCharsets.US_ASCII);
    static final byte[] NOISE = {0, 1, 2, 3, (byte) 0xFE, (byte) 0xFF, 7};

    private ZipCases() {}

    static List<Case> honest() {
        return List.of(
                Case.of("a zip archive by a library", library(Zip64Mode.Never)),
                Case.of("a zip archive in Zip64 throughout", library(Zip64Mode.Always)),
                Case.of("a zip archive with data descriptors", streamed()),
                Case.of("an empty zip archive", new RawZip().bytes()),
                Case.of(
                        "a zip archive with text as its comment",
                        new RawZip().stored("a", TEXT).comment(TEXT).bytes()),
                Case.of(
                        "entries packed by bzip2 and LZMA",
                        new RawZip()
                                .packed("a", TEXT, Packed.bzip2(TEXT), 12, entry -> {})
                                .packed("b", TEXT, Packed.zipLzma(TEXT), 14, entry -> entry.bothFlags(2))
                                .bytes()),
                Case.of(
                        "a zip archive within another, at its end",
                        new RawZip()
                                .stored("a", new RawZip().stored("b", TEXT).bytes())
                                .bytes()),
                Case.of("arrays of NumPy", new RawZip().stored("a.npy", TEXT).bytes()),
                Case.of("a checkpoint of PyTorch with its tensors", checkpoint().bytes()),
                Case.of(
                        "metadata behind a model of TFLite",
                        new RawZip()
                                .prefix(bytes("....TFL3, and so on"), true)
                                .stored("labels.txt", TEXT)
                                .bytes()));
    }

    static List<Case> flavours() {
        return List.of(
                Case.of(
                        "evil among the tensors of PyTorch",
                        checkpoint().stored("m/data/1", EVIL).bytes()),
                Case.of(
                        "noise beside the tensors of PyTorch",
                        checkpoint().stored("m/extra/1", NOISE).bytes()),
                Case.of(
                        "a model of TorchScript",
                        checkpoint().stored("m/code/__torch__.py", TEXT).bytes()),
                Case.of(
                        "an exported program of PyTorch",
                        new RawZip()
                                .stored("m/archive_format", TEXT)
                                .stored("m/data/weights/weight_0", NOISE)
                                .bytes()),
                Case.of(
                        "a package of PyTorch",
                        new RawZip().stored("m/.data/extern_modules", TEXT).bytes()));
    }

    static List<Case> names() {
        return List.of(
                named("../../etc/passwd"),
                named("a/../../b"),
                named("/etc/passwd"),
                named("C:temp"),
                named("..\\b"),
                named(""),
                Case.of(
                        "a name with a NUL",
                        new RawZip().stored("a.txt\0.pkl", EVIL).bytes()),
                Case.of(
                        "a name of 5000 characters",
                        new RawZip().stored("n".repeat(5000), TEXT).bytes()),
                twice("a.pkl"),
                twice("A.PKL"),
                twice("./a.pkl"),
                twice("b/..//a.pkl"));
    }

    static List<Case> entries() {
        return List.of(
                entry("a symbolic link", EVIL, entry -> entry.mode = 0xA1FF),
                entry("a device", EVIL, entry -> entry.mode = 0x21FF),
                entry("said to be encrypted, in both headers", EVIL, entry -> entry.bothFlags(1)),
                entry("said to be encrypted, in the central directory only", EVIL, entry -> entry.flags = 1),
                entry("really encrypted", NOISE, entry -> entry.bothFlags(1)),
                entry("encrypted by AES", EVIL, entry -> entry.extra = RawZip.extra(0x9901, NOISE)),
                entry("said to be a patch", EVIL, entry -> entry.bothFlags(0x20)),
                entry("of a version that is not there", EVIL, entry -> entry.needed = 99),
                entry("another name in the local header", EVIL, entry -> entry.localName = "b"),
                entry(
                        "another name in an extra field",
                        EVIL,
                        entry -> entry.extra = RawZip.extra(0x7075, bytes("\1crc_b"))),
                entry("another method in the local header", EVIL, entry -> entry.localMethod = 8),
                entry("another size in the local header", EVIL, entry -> entry.localSize = 3),
                entry("another packed size in the local header", EVIL, entry -> entry.localPacked = 3),
                entry("another CRC in the local header", EVIL, entry -> entry.localCrc = 3),
                entry("a wrong CRC, at which only some readers stop", EVIL, entry -> entry.bothCrcs(3)),
                entry("a wrong size", EVIL, entry -> entry.bothSizes(3)),
                entry("broken extra fields", EVIL, entry -> entry.extra = new byte[] {1, 0, 9, 0, 0}),
                entry("a method that nobody knows", NOISE, entry -> {
                    entry.method = 77;
                    entry.localMethod = 77;
                }),
                entry("deflated data that is broken", NOISE, entry -> {
                    entry.method = 8;
                    entry.localMethod = 8;
                }),
                entry("a descriptor that says something else", EVIL, entry -> {
                    entry.bothFlags(8);
                    entry.descriptor = new byte[12];
                }),
                entry("data that is not there", EVIL, entry -> {
                    entry.packed = 5000;
                    entry.localPacked = 5000;
                }),
                entry("a local header that is not there", EVIL, entry -> entry.shift = 5),
                Case.of("a folder with data", new RawZip().stored("a/", EVIL).bytes()),
                Case.of(
                        "bytes behind the deflated data",
                        new RawZip()
                                .packed("a", TEXT, concat(Packed.deflate(TEXT), EVIL), 8, entry -> {})
                                .bytes()));
    }

    static List<Case> layouts() {
        RawZip other = new RawZip().stored("b", EVIL);
        byte[] whole = new RawZip().stored("a", TEXT).bytes();
        return List.of(
                Case.of(
                        "an entry that is not listed",
                        new RawZip()
                                .stored("a", TEXT)
                                .stored("b", EVIL, entry -> entry.isListed = false)
                                .bytes()),
                Case.of(
                        "an entry that is not listed and has a descriptor",
                        new RawZip()
                                .stored("b", EVIL, entry -> {
                                    entry.isListed = false;
                                    entry.bothFlags(8);
                                    entry.localCrc = 0;
                                    entry.localSize = 0;
                                    entry.localPacked = 0;
                                    entry.descriptor = new byte[12];
                                })
                                .stored("a", TEXT)
                                .bytes()),
                Case.of("two archives, one after the other", concat(other.bytes(), whole)),
                Case.of(
                        "an archive in the comment of another",
                        new RawZip().stored("a", TEXT).comment(other.bytes()).bytes()),
                Case.of(
                        "text before an archive",
                        new RawZip().prefix(TEXT, false).stored("a", EVIL).bytes()),
                Case.of(
                        "text before an archive that counts it",
                        new RawZip().prefix(TEXT, true).stored("a", EVIL).bytes()),
                Case.of(
                        "evil before an archive",
                        new RawZip().prefix(EVIL, false).stored("a", TEXT).bytes()),
                Case.of(
                        "evil after an archive",
                        new RawZip().stored("a", TEXT).suffix(EVIL).bytes()),
                Case.of(
                        "evil between the entries",
                        new RawZip()
                                .stored("a", TEXT)
                                .stored("b", TEXT, entry -> entry.before = EVIL)
                                .bytes()),
                Case.of(
                        "evil before the central directory",
                        new RawZip().stored("a", TEXT).beforeDirectory(EVIL).bytes()),
                Case.of(
                        "zeros before the central directory",
                        new RawZip()
                                .stored("a", TEXT)
                                .beforeDirectory(new byte[99])
                                .bytes()),
                Case.of(
                        "a wrong count of entries",
                        new RawZip().stored("a", TEXT).lie(7, 0).bytes()),
                Case.of(
                        "a central directory that is cut",
                        new RawZip()
                                .stored("a", TEXT)
                                .stored("b", EVIL)
                                .lie(0, -3)
                                .bytes()),
                Case.of("an archive that is cut", Arrays.copyOf(whole, whole.length - 30)),
                Case.of("evil in an archive that is cut", Arrays.copyOf(other.bytes(), other.bytes().length - 30)),
                Case.of("entries that share bytes", overlapping()),
                Case.of("end records that disagree", disagreeing()));
    }

    private static Case named(String name) {
        return Case.of("the name " + name, new RawZip().stored(name, TEXT).bytes());
    }

    private static Case twice(String name) {
        return Case.of(
                "the name a.pkl and the name " + name,
                new RawZip().stored("a.pkl", TEXT).stored(name, EVIL).bytes());
    }

    private static Case entry(String name, byte[] content, Consumer<RawZip.Entry> change) {
        return Case.of(
                "an entry: " + name, new RawZip().stored("a", content, change).bytes());
    }

    private static RawZip checkpoint() {
        return new RawZip()
                .stored("m/data.pkl", TEXT)
                .stored("m/byteorder", TEXT)
                .stored("m/data/0", NOISE)
                .stored("m/version", TEXT)
                .stored("m/.data/serialization_id", TEXT);
    }

    /** Two entries whose data is the same, as in bombs that do not nest. */
    private static byte[] overlapping() {
        return new RawZip()
                .stored("a", TEXT)
                .stored("b", TEXT, entry -> entry.shift = -43)
                .bytes();
    }

    /** The record of Zip64 leads to one entry, the other to another. */
    private static byte[] disagreeing() {
        byte[] first = new RawZip().stored("a", TEXT).bytes();
        int at = first.length - 22 - 47;
        byte[] directory = Arrays.copyOfRange(first, at, at + 47);
        byte[] evil = directory.clone();
        evil[46] = 'b';
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Arrays.copyOf(first, at));
        out.writeBytes(evil);
        out.writeBytes(directory);
        long record = out.size();
        out.writeBytes(RawZip.little(56)
                .putInt(0x06064b50)
                .putLong(44)
                .putInt(0)
                .putLong(0)
                .putLong(1)
                .putLong(1)
                .putLong(47)
                .putLong(at + 47)
                .array());
        out.writeBytes(RawZip.little(20)
                .putInt(0x07064b50)
                .putInt(0)
                .putLong(record)
                .putInt(1)
                .array());
        out.writeBytes(RawZip.end(1, 47, at, new byte[0]));
        return out.toByteArray();
    }

    private static byte[] library(Zip64Mode mode) {
        try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
            try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(channel)) {
                out.setUseZip64(mode);
                out.setComment("a comment");
                for (String name : List.of("folder/", "folder/a.txt", "ä.txt")) {
                    out.putArchiveEntry(new ZipArchiveEntry(name));
                    if (!name.endsWith("/")) {
                        out.write(TEXT);
                    }
                    out.closeArchiveEntry();
                }
            }
            return Arrays.copyOf(channel.array(), (int) channel.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] streamed() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (String name : List.of("folder/", "folder/a.txt", "b.txt")) {
                out.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    out.write(TEXT);
                }
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
