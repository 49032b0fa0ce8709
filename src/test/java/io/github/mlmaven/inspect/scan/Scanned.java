package io.github.mlmaven.inspect.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.data.TextScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Scans bytes with some scanners, and with the one for text. */
public final class Scanned {

    private static final int MUTATIONS = 60;

    private final Path folder;
    private final List<FormatScanner> scanners;

    public Scanned(Path folder, FormatScanner... scanners) {
        this.folder = folder;
        this.scanners = new ArrayList<>(Arrays.asList(scanners));
        this.scanners.add(new TextScanner());
    }

    public ScanResult scan(String name, byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        Path temporary = Files.createDirectories(folder.resolve("temporary"));
        try (Scan scan = new Scan(scanners, ScanLimits.DEFAULT, temporary)) {
            return scan.scan(Content.of(file, "model/" + name));
        } finally {
            try (var left = Files.list(temporary)) {
                assertThat(left).isEmpty();
            }
        }
    }

    public void judges(ScanCase file) throws IOException {
        ScanResult result = scan(file.file(), file.bytes());

        assertThat(result.allFindings().stream()
                        .map(Finding::id)
                        .filter(id -> id != FindingId.MODEL_UNSERVED)
                        .toList())
                .as(result.toString())
                .isEqualTo(file.ids());
        assertThat(result.kind()).as(result.toString()).isEqualTo(file.kind());
        if (file.kind() == Kind.OTHER_MODEL) {
            assertThat(result.findings()).extracting(Finding::id).containsExactly(FindingId.MODEL_UNSERVED);
        }
    }

    /** Whatever of it is broken, something is said of it and nothing is thrown. */
    public void survivesMutations(ScanCase file) {
        Random random = new Random(file.name().hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(file.bytes(), random);
            assertThatCode(() -> {
                        ScanResult result = scan(file.file(), mutated);
                        assertThat(result.kind() != Kind.UNSAFE
                                        && result.kind() != Kind.UNKNOWN
                                        && result.allFindings().stream().anyMatch(Finding::isError))
                                .isFalse();
                    })
                    .as("%s, mutation %s", file, i)
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        byte[] mutated = bytes.clone();
        if (mutated.length == 0 || random.nextInt(8) == 0) {
            return Arrays.copyOf(mutated, random.nextInt(mutated.length + 1));
        }
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            int at = random.nextInt(mutated.length);
            mutated[at] = switch (random.nextInt(4)) {
                case 0 -> (byte) 0xFF;
                case 1 -> 0;
                case 2 -> (byte) (mutated[at] ^ 1 << random.nextInt(8));
                default -> (byte) random.nextInt(256);
            };
        }
        return mutated;
    }
}
