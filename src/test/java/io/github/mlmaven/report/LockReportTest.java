package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FoundLock;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockDifference;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.Section;
import io.github.mlmaven.model.Digest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LockReportTest {

    @Test
    void everyDifferenceIsARowWithThePathItCameBy() {
        Lock locked = lock(fetched("gone", "1.0", 'a'), fetched("changed", "1.0", 'b'));
        FoundLock found = new FoundLock(
                lock(fetched("changed", "1.1", 'c'), fetched("new", "2.0", 'd')),
                Map.of(
                        "dependencies/com.acme:changed", "direct",
                        "dependencies/com.acme:new", "through com.acme:changed > com.acme:mid"),
                Set.of());

        assertThat(LockReport.lines("sub/ml.lock", LockDifference.between(locked, found, Map.of())))
                .containsExactly(
                        "sub/ml.lock: 3 differences: 1 changed, 1 missing, 1 extraneous",
                        "  what                           locked                                        found    "
                                + "                                     came",
                        "  dependencies/com.acme:changed  1.0 compile sha256:bbbbbbbbbbbb from central  1.1 compile"
                                + " sha256:cccccccccccc from central  direct",
                        "  dependencies/com.acme:gone     1.0 compile sha256:aaaaaaaaaaaa from central  -",
                        "  dependencies/com.acme:new      -                                             2.0 compile"
                                + " sha256:dddddddddddd from central  through com.acme:changed > com.acme:mid");
    }

    @Test
    void nothingIsSaidOfNoDifference() {
        Lock lock = lock(fetched("a", "1.0", 'a'));
        assertThat(LockReport.lines("ml.lock", LockDifference.between(lock, lock)))
                .isEmpty();
    }

    @Test
    void hundredsAreCut() {
        Lock many = lock(IntStream.range(0, 250)
                .mapToObj(i -> fetched("a" + i, "1.0", 'a'))
                .toArray(LockedArtifact[]::new));
        assertThat(LockReport.lines("ml.lock", LockDifference.between(lock(), many)))
                .hasSize(203)
                .startsWith("ml.lock: 250 differences: 250 extraneous")
                .endsWith("  and 50 more");
    }

    private static Lock lock(LockedArtifact... dependencies) {
        return new Lock(
                17,
                "onnxruntime 1.29.0",
                "ml-maven-plugin 1.0",
                BaseIdentity.Registry.of("example.com/jre:17", Map.of("linux/amd64", new Digest("0".repeat(64)))),
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(),
                Map.of(Section.DEPENDENCIES, List.of(dependencies)));
    }

    private static LockedArtifact fetched(String name, String version, char digit) {
        return new LockedArtifact.Fetched(
                LockedArtifact.Id.of(ArtifactKey.jar("com.acme", name)),
                version,
                "compile",
                new Digest(String.valueOf(digit).repeat(64)),
                "central");
    }
}
