package io.github.mlmaven.inspect.scan.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZipMembersTest {

    private static final byte[] TEXT = "some text".getBytes(UTF_8);
    private static final String UNPACK = ". Unpack it yourself and keep only what the model needs.";
    private static final String RESTORE = ". Restore it from its source.";

    @TempDir
    Path folder;

    @Test
    void everyFileThatIsAskedForIsUnpacked() throws Exception {
        byte[] zeros = new byte[100_000];
        RawZip zip = new RawZip()
                .stored("a/", new byte[0])
                .stored("a/one", TEXT)
                .deflated("two", zeros)
                .packed("three", TEXT, Packed.bzip2(TEXT), 12, entry -> {});

        ZipMembers members = open(zip);
        List<ZipMembers.File> files = members.choose(name -> !name.equals("three"));

        assertThat(members.names()).containsExactly("a/one", "two", "three");
        assertThat(files).extracting(ZipMembers.File::name).containsExactly("a/one", "two");
        assertThat(unpack(members, files.get(0))).isEqualTo(TEXT);
        assertThat(unpack(members, files.get(1))).isEqualTo(zeros);
        assertThat(members.findings()).isEmpty();
    }

    @Test
    void anArchiveInAnArchiveDoesNotHideIt() throws Exception {
        byte[] inner = new RawZip().stored("b", TEXT).bytes();
        ZipMembers members = open(new RawZip().stored("a.npz", inner));
        assertThat(members.choose(name -> true))
                .containsExactly(new ZipMembers.File("a.npz", inner.length, inner.length));
        assertThat(members.findings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "../../.m2/evil, ../../.m2/evil, a path that leads out of it",
        "a/../../b, a/../../b, a path that leads out of it",
        "/etc/passwd, /etc/passwd, an absolute path",
        "C:/evil, C:/evil, a drive letter",
        "c:evil, c:evil, a drive letter",
        "a\\..\\evil, a\\..\\evil, a backslash in the name",
        "'', '', no name"
    })
    void aNameThatLeadsElsewhereIsRefused(String name, String shown, String found) throws Exception {
        assertThat(lines(new RawZip().stored(name, TEXT)))
                .containsExactly("ML-SAFE-ARCHIVE: w.zip!/" + shown + ": the name of an entry is not a plain path;"
                        + " expected names within the archive, with /, found " + found + UNPACK);
    }

    @Test
    void aNameWithAControlCharacterIsRefused() throws Exception {
        assertThat(lines(new RawZip().stored("model.onnx\0.txt", TEXT)))
                .containsExactly("ML-SAFE-ARCHIVE: w.zip!/model.onnx?.txt: the name of an entry is not a plain path;"
                        + " expected names within the archive, with /, found a control character in the name" + UNPACK);
    }

    @Test
    void aLinkIsRefused() throws Exception {
        assertThat(lines(new RawZip().stored("model.onnx", TEXT, entry -> entry.mode = 0xA1FF)))
                .containsExactly("ML-SAFE-ARCHIVE: w.zip!/model.onnx: the entry is not a plain file or folder;"
                        + " expected plain files and folders, found a symbolic link" + UNPACK);
    }

    @Test
    void twoEntriesOfOneNameAreRefused() throws Exception {
        assertThat(lines(new RawZip().stored("a", TEXT).stored("a", TEXT))).containsExactly(twice("a"));
    }

    @Test
    void namesThatSomeSystemsTakeForOneAreRefused() throws Exception {
        assertThat(lines(new RawZip().stored("model.onnx", TEXT).stored("Model.ONNX", TEXT)))
                .containsExactly(twice("Model.ONNX"));
        // é as one character, and as an e with an accent.
        assertThat(lines(new RawZip().stored("\u00e9", TEXT).stored("e\u0301", TEXT)))
                .containsExactly(twice("e\u0301"));
    }

    @Test
    void aSecondEntryOfTheNameCountsEvenIfItIsNotAskedFor() throws Exception {
        ZipMembers members = open(new RawZip().stored("m.onnx", TEXT).stored("M.onnx", TEXT));
        members.choose("m.onnx"::equals);
        assertThat(lines(members.findings())).containsExactly(twice("M.onnx"));
    }

    @Test
    void whatIsNotAskedForIsNotJudged() throws Exception {
        ZipMembers members = open(new RawZip()
                .stored("m.onnx", TEXT)
                .stored("../x", TEXT)
                .stored("y", TEXT)
                .stored("y", TEXT));
        assertThat(members.choose("m.onnx"::equals)).hasSize(1);
        assertThat(members.findings()).isEmpty();
    }

    @Test
    void aFileThatIsAFolderTooIsRefused() throws Exception {
        assertThat(lines(new RawZip().stored("a", TEXT).stored("A/b", TEXT)))
                .containsExactly("ML-SAFE-ARCHIVE: w.zip!/A/b: the entry lies in another that is a file;"
                        + " expected a folder, found a file" + UNPACK);
    }

    @Test
    void foldersWithoutEndAreRefused() throws Exception {
        String name = "a/".repeat(100) + "b";
        assertThat(lines(new RawZip().stored(name, TEXT)))
                .containsExactly("ML-SAFE-ARCHIVE: w.zip!/" + name.substring(0, 200)
                        + "…: the entry lies too deep; expected at most 64 folders, found more" + UNPACK);
    }

    @Test
    void anEncryptedEntryIsRefused() throws Exception {
        assertThat(lines(new RawZip().stored("a", TEXT, entry -> entry.bothFlags(1))))
                .containsExactly("ML-SAFE-ARCHIVE: w.zip!/a: the entry is encrypted;"
                        + " expected what anybody can look into, found flags 0x0001" + UNPACK);
    }

    @Test
    void anUnknownMethodIsRefused() throws Exception {
        assertThat(lines(new RawZip().packed("a", TEXT, TEXT, 93, entry -> {})))
                .containsExactly("ML-SAFE-ARCHIVE: w.zip!/a: the entry is packed in a way that cannot be looked into;"
                        + " expected stored, deflate, bzip2 or LZMA, found method 93" + UNPACK);
    }

    @Test
    void entriesThatShareBytesAreRefused() throws Exception {
        RawZip zip = new RawZip().stored("a", TEXT).stored("b", TEXT, entry -> {
            entry.shift = -40;
            entry.localName = "a";
        });
        assertThat(lines(zip))
                .contains("ML-SAFE-ARCHIVE: w.zip!/b: the entry has another name in its local header than"
                        + " in the central directory; expected b, found a" + UNPACK);
    }

    @Test
    void anotherCrcIsTold() throws Exception {
        ZipMembers members = open(new RawZip().stored("a", TEXT, entry -> entry.bothCrcs(1)));
        assertThat(lines(members.unpack(members.choose(name -> true).get(0), new ByteArrayOutputStream())))
                .containsExactly("ML-MODEL-CORRUPT: w.zip!/a: the entry is not what was packed; expected CRC 1, found"
                        + " CRC " + crc() + RESTORE);
    }

    @Test
    void whatIsLargerThanItSaysIsCutAndTold() throws Exception {
        byte[] zeros = new byte[1 << 20];
        ZipMembers members =
                open(new RawZip().packed("a", zeros, Packed.deflate(zeros), 8, entry -> entry.bothSizes(10)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(lines(members.unpack(members.choose(name -> true).get(0), out)))
                .containsExactly("ML-SAFE-ARCHIVE: w.zip!/a: the entry is not as large as it says; expected 10 bytes,"
                        + " found more" + UNPACK);
        assertThat(out.size()).isLessThanOrEqualTo(10);
    }

    @Test
    void whatIsNoArchiveIsTold() throws Exception {
        ZipMembers members = ZipMembers.of(Content.of(Files.write(folder.resolve("x"), TEXT), "w.zip"));
        assertThat(lines(members.findings()))
                .containsExactly("ML-MODEL-TRUNCATED: w.zip: the archive has no central directory; expected an end"
                        + " record that leads to one, found 9 bytes" + RESTORE);
    }

    @Test
    void twoCentralDirectoriesAreRefused() throws Exception {
        byte[] first = new RawZip().stored("a", TEXT).bytes();
        byte[] second = new RawZip().stored("b", TEXT).bytes();
        ZipMembers members =
                open(new RawZip().stored("c", TEXT).prefix(first, false).suffix(second));
        assertThat(lines(members.findings()))
                .contains("ML-SAFE-ARCHIVE: w.zip: readers see different entries in the archive; expected one central"
                        + " directory, found several that may be taken for it" + UNPACK);
    }

    private static String crc() {
        CRC32 crc = new CRC32();
        crc.update(TEXT);
        return Long.toHexString(crc.getValue());
    }

    private static String twice(String name) {
        return "ML-SAFE-ARCHIVE: w.zip!/" + name + ": two entries have this name, or names that some systems take for"
                + " one; expected one, found another" + UNPACK;
    }

    private List<String> lines(RawZip zip) throws IOException {
        ZipMembers members = open(zip);
        members.choose(name -> true);
        return lines(members.findings());
    }

    private static List<String> lines(List<Finding> findings) {
        return findings.stream().map(Finding::line).toList();
    }

    private static byte[] unpack(ZipMembers members, ZipMembers.File file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Finding> findings = new ArrayList<>(members.unpack(file, out));
        assertThat(findings).isEmpty();
        return out.toByteArray();
    }

    private ZipMembers open(RawZip zip) throws IOException {
        return ZipMembers.of(Content.of(Files.write(folder.resolve("w.zip"), zip.bytes()), "w.zip"));
    }
}
