package io.github.mlmaven.inspect.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.finding.Finding;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame: who sees what, and the limits over all files together. */
class ScanTest {

    private static final ScanLimits LIMITS = new ScanLimits(4, 10, 1000, 10, 100);

    @TempDir
    Path temporary;

    /** A box is {@code BOX} and its content. */
    private static final FormatScanner BOX = (content, scan) -> {
        if (!content.startsWith("BOX".getBytes(ISO_8859_1))) {
            return Optional.empty();
        }
        ScanResult inner = scan.scan(content.part("inner", 3, content.size() - 3));
        return Optional.of(
                new ScanResult(content.place(), content.size(), Kind.CONTAINER, "a box", List.of(), List.of(inner)));
    };

    private static final FormatScanner EVIL = (content, scan) -> content.startsWith("EVIL".getBytes(ISO_8859_1))
            ? Optional.of(ScanResult.of(content, Kind.UNSAFE, "evil"))
            : Optional.empty();

    /** Whatever ends with an exclamation mark. */
    private static final FormatScanner SHOUT =
            (content, scan) -> content.size() > 0 && content.read(content.size() - 1, 1)[0] == '!'
                    ? Optional.of(ScanResult.of(content, Kind.DATA, "a shout"))
                    : Optional.empty();

    private static final FormatScanner ANYTHING = new FormatScanner() {
        @Override
        public Optional<ScanResult> scan(Content content, Scan scan) {
            return Optional.of(ScanResult.of(content, Kind.DATA, "anything"));
        }

        @Override
        public boolean isLast() {
            return true;
        }
    };

    @Test
    void aFileMayBeSeveralThingsAndTheHeaviestCounts() throws Exception {
        ScanResult result = scan("EVIL!", EVIL, SHOUT, ANYTHING);

        assertThat(result.kind()).isEqualTo(Kind.UNSAFE);
        assertThat(result.format()).isEqualTo("evil, and a shout");
    }

    @Test
    void theLastAreAskedOnlyWhenNobodyElseKnows() throws Exception {
        assertThat(scan("EVIL", ANYTHING, EVIL).format()).isEqualTo("evil");
        assertThat(scan("what", ANYTHING, EVIL).format()).isEqualTo("anything");
    }

    @Test
    void whatNobodyKnowsIsAnError() throws Exception {
        assertThat(lines(scan("what", EVIL)))
                .containsExactly("ML-SAFE-UNKNOWN: model/file: nobody knows what this file is; expected a format that"
                        + " docs/checks.md lists, found 4 bytes of something else. Move it out of the model's folder, or"
                        + " convert it to a format that can be looked into.");
    }

    @Test
    void aReaderThatFailsNeverMakesAFileClean() throws Exception {
        FormatScanner broken = (content, scan) -> {
            throw new IllegalStateException("a mistake");
        };

        ScanResult result = scan("text!", SHOUT, broken);

        assertThat(result.kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(lines(result))
                .singleElement()
                .asString()
                .startsWith("ML-MODEL-UNREADABLE: model/file: a reader of this plugin failed on it; expected a result,"
                        + " found ")
                .contains(": java.lang.IllegalStateException: a mistake at ", "ScanTest.java:")
                .endsWith(". Report it, with the file; do not use the file until it is looked at.");
    }

    @Test
    void whatIsWithinIsSeenByAll() throws Exception {
        ScanResult result = scan("BOXBOXEVIL", BOX, EVIL);

        assertThat(result.contents().get(0).contents().get(0).place()).isEqualTo("model/file!/inner!/inner");
        assertThat(result.contents().get(0).contents().get(0).kind()).isEqualTo(Kind.UNSAFE);
    }

    @Test
    void nestingEnds() throws Exception {
        assertThat(lines(scan("BOX".repeat(9), BOX)))
                .containsExactly(
                        "ML-SAFE-ARCHIVE: model/file!/inner!/inner!/inner!/inner: archives are nested too deep;"
                                + " expected at most 4 levels, found more. Unpack it and keep only what the model needs.");
    }

    @Test
    void tooManyFilesEndIt() throws Exception {
        FormatScanner many = (content, scan) -> {
            ScanResult last = ScanResult.of(content, Kind.DATA, "none");
            for (int i = 0; i < 12 && content.size() == 4; i++) {
                last = scan.scan(content.part("part", 0, 1));
            }
            return Optional.of(last);
        };

        assertThat(lines(scan("many", many)))
                .containsExactly("ML-SAFE-ARCHIVE: model/file!/part: there are too many files in archives; expected at"
                        + " most 10, found more. Unpack it and keep only what the model needs.");
    }

    @Test
    void whatIsUnpackedIsGoneAfterwards() throws Exception {
        FormatScanner unpacking = unpacking(new ByteArrayInputStream("EVIL".getBytes(ISO_8859_1)), 4);

        ScanResult result = scan("pack", unpacking, EVIL);

        assertThat(result.contents().get(0).kind()).isEqualTo(Kind.UNSAFE);
        assertThat(temporary.resolve("unpacked")).isEmptyDirectory();
    }

    @Test
    void whatUnpacksToFarMoreThanItIsEndsIt() throws Exception {
        assertThat(lines(scan("pack", unpacking(zeros(500), 4))))
                .containsExactly("ML-SAFE-ARCHIVE: model/file: it unpacks to far more than it is; expected at most 10"
                        + " times 4 bytes, found more. Unpack it yourself and keep only what the model needs.");
        assertThat(temporary.resolve("unpacked")).isEmptyDirectory();
    }

    @Test
    void whatUnpacksToTooMuchEndsIt() throws Exception {
        assertThat(lines(scan("pack", unpacking(zeros(5000), 4000))))
                .containsExactly(
                        "ML-SAFE-ARCHIVE: model/file: the archives of the model unpack to too much; expected at"
                                + " most 1000 bytes, found more. Unpack it yourself and keep only what the model needs.");
    }

    @Test
    void aBrokenStreamIsAFinding() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("bad block");
            }
        };

        assertThat(lines(scan("pack", unpacking(broken, 4))))
                .containsExactly(
                        "ML-MODEL-CORRUPT: model/file: it cannot be unpacked; expected a complete file, found bad"
                                + " block. Restore it from its source.");
    }

    @Test
    void contentIsReadWithinItsBoundsOnly() throws Exception {
        Content content = content("0123456789");
        Content part = content.part("a/b", 2, 5);

        assertThat(new String(part.open().readAllBytes(), ISO_8859_1)).isEqualTo("23456");
        assertThat(new String(part.open(3).readAllBytes(), ISO_8859_1)).isEqualTo("56");
        assertThat(part.head(100)).hasSize(5);
        assertThat(part.name()).isEqualTo("b");
        assertThat(new String(part.part("c", 1, 2).head(9), ISO_8859_1)).isEqualTo("34");
        assertThatThrownBy(() -> part.read(1, 5)).hasMessage("1+5 is not within 5");
        assertThatThrownBy(() -> part.part("c", Long.MAX_VALUE, 1)).hasMessage("9223372036854775807+1 is not within 5");
        assertThatThrownBy(() -> part.open(6)).hasMessage("6 is not within 5");
        Files.writeString(temporary.resolve("file"), "0123");
        assertThatThrownBy(() -> part.read(1, 4))
                .isInstanceOf(EOFException.class)
                .hasMessage("it changed while it was read");
    }

    private static FormatScanner unpacking(InputStream in, long packedSize) {
        return (content, scan) -> {
            if (!content.startsWith("pack".getBytes(ISO_8859_1))) {
                return Optional.empty();
            }
            try {
                ScanResult inner = scan.scanPacked(content, "inner", packedSize, in);
                return Optional.of(new ScanResult(
                        content.place(), content.size(), Kind.CONTAINER, "packed", List.of(), List.of(inner)));
            } catch (UnpackException e) {
                return Optional.of(ScanResult.of(content, Kind.CONTAINER, "packed", List.of(e.at(content.place()))));
            }
        };
    }

    private static InputStream zeros(int count) {
        return new ByteArrayInputStream(new byte[count]);
    }

    private ScanResult scan(String text, FormatScanner... scanners) throws IOException {
        Path unpacked = Files.createDirectories(temporary.resolve("unpacked"));
        try (Scan scan = new Scan(List.of(scanners), LIMITS, unpacked)) {
            return scan.scan(content(text));
        }
    }

    private Content content(String text) throws IOException {
        return Content.of(Files.write(temporary.resolve("file"), text.getBytes(ISO_8859_1)), "model/file");
    }

    private static List<String> lines(ScanResult result) {
        return result.allFindings().stream().map(Finding::line).toList();
    }
}
