package io.github.mlmaven.inspect.scan.archive;

import static io.github.mlmaven.inspect.scan.archive.EvilScanner.EVIL;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.NOISE;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.TEXT;
import static io.github.mlmaven.inspect.scan.archive.ZipCases.concat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Tar archives, honest and not. */
final class TarCases {

    private TarCases() {}

    static List<Case> honest() {
        String longName = "folder/" + "n".repeat(150) + ".txt";
        return List.of(
                Case.of("a tar archive", library("a.txt", TarArchiveOutputStream.LONGFILE_ERROR)),
                Case.of(
                        "a tar archive with a long name of POSIX",
                        library(longName, TarArchiveOutputStream.LONGFILE_POSIX)),
                Case.of(
                        "a tar archive with a long name of GNU",
                        library(longName, TarArchiveOutputStream.LONGFILE_GNU)),
                Case.of(
                        "a tar archive of 1979",
                        new RawTar()
                                .entry('\0', "a", TEXT, header -> Arrays.fill(header, 257, 265, (byte) 0))
                                .bytes()),
                Case.of(
                        "a tar archive without an end",
                        new RawTar().file("a", TEXT).open()),
                Case.of(
                        "a comment for all entries",
                        new RawTar().pax('g', "comment=0123").file("a", TEXT).bytes()),
                Case.of(
                        "a zip archive at the end of a tar archive",
                        new RawTar()
                                .file("a.zip", new RawZip().stored("b", TEXT).bytes())
                                .bytes()),
                Case.of(
                        "a size of base 256",
                        new RawTar()
                                .entry('0', "a", TEXT, header -> {
                                    Arrays.fill(header, 124, 136, (byte) 0);
                                    header[124] = (byte) 0x80;
                                    header[135] = (byte) TEXT.length;
                                })
                                .bytes()));
    }

    static List<Case> hostile() {
        return List.of(
                Case.of(
                        "a path out of a tar archive",
                        new RawTar().file("../a", EVIL).bytes()),
                Case.of(
                        "a path out of it by pax",
                        new RawTar().pax('x', "path=/etc/a").file("a", EVIL).bytes()),
                Case.of(
                        "a path out of it by GNU",
                        new RawTar()
                                .entry('L', "././@LongLink", ZipCases.bytes("../b\0"))
                                .file("a", EVIL)
                                .bytes()),
                Case.of(
                        "a symbolic link in tar",
                        new RawTar().entry('2', "a", new byte[0]).bytes()),
                Case.of(
                        "a hard link in tar",
                        new RawTar()
                                .entry('1', "a", new byte[0])
                                .file("b", EVIL)
                                .bytes()),
                Case.of(
                        "a device in tar",
                        new RawTar().entry('4', "a", new byte[0]).bytes()),
                Case.of(
                        "a pipe in tar",
                        new RawTar().entry('6', "a", new byte[0]).bytes()),
                Case.of(
                        "an entry of unknown type",
                        new RawTar().entry('q', "a", EVIL).bytes()),
                Case.of(
                        "a link with data",
                        new RawTar()
                                .entry('2', "a", new RawTar().file("b", EVIL).open())
                                .bytes()),
                Case.of(
                        "a folder with data in tar",
                        new RawTar().entry('5', "a/", EVIL).bytes()),
                Case.of(
                        "two sizes",
                        new RawTar()
                                .pax('x', "size=1036")
                                .entry(
                                        '0',
                                        "a",
                                        concat(new RawTar().file("b", EVIL).open(), TEXT),
                                        header -> RawTar.put(header, 124, "00000000000\0"))
                                .bytes()),
                Case.of(
                        "one name for all",
                        new RawTar().pax('g', "path=b").file("a", TEXT).bytes()),
                Case.of(
                        "records that are none",
                        new RawTar()
                                .entry('x', "pax", ZipCases.bytes("99 path=b\n"))
                                .file("a", TEXT)
                                .bytes()),
                Case.of(
                        "the same name twice in tar",
                        new RawTar().file("a", TEXT).file("./A", EVIL).bytes()),
                Case.of(
                        "a sparse file of GNU",
                        new RawTar().entry('S', "a", EVIL).bytes()),
                Case.of(
                        "a sparse file of pax",
                        new RawTar()
                                .pax('x', "GNU.sparse.major=1", "GNU.sparse.name=b")
                                .file("a", EVIL)
                                .bytes()),
                Case.of(
                        "a tar archive after another",
                        concat(
                                new RawTar().file("a", TEXT).bytes(),
                                new RawTar().file("b", EVIL).bytes())),
                Case.of(
                        "evil after a tar archive",
                        concat(new RawTar().file("a", TEXT).bytes(), EVIL)),
                Case.of(
                        "a tar archive that is cut",
                        Arrays.copyOf(new RawTar().file("a", EVIL).bytes(), 520)),
                Case.of(
                        "a header that is broken",
                        new RawTar()
                                .file("a", TEXT)
                                .raw(concat(NOISE, new byte[505]))
                                .file("b", EVIL)
                                .bytes()));
    }

    private static byte[] library(String name, int longNames) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            out.setLongFileMode(longNames);
            out.setAddPaxHeadersForNonAsciiNames(true);
            out.putArchiveEntry(new TarArchiveEntry("folder/"));
            out.closeArchiveEntry();
            for (String each : List.of(name, "ä.txt")) {
                TarArchiveEntry entry = new TarArchiveEntry(each);
                entry.setSize(TEXT.length);
                out.putArchiveEntry(entry);
                out.write(TEXT);
                out.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
