package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LockingTest {

    private static final Lock OTHER = Locks.with(Section.DEPENDENCIES, List.of(Locks.SIBLING));

    @TempDir
    Path folder;

    @TempDir
    Path guards;

    private Path path;
    private LockFile file;

    @BeforeEach
    void placeTheLock() {
        path = folder.resolve("ml.lock");
        file = new LockFile(path, "ml.lock", guards);
    }

    @ParameterizedTest(name = "{0}, locked {1}, file {2}: {3}")
    @CsvSource({
        "BUILD,  false, absent,  Created",
        "BUILD,  true,  absent,  ML-LOCK-MISSING",
        "BUILD,  false, equal,   Unchanged",
        "BUILD,  true,  equal,   Unchanged",
        "BUILD,  false, other,   ML-LOCK-DRIFT",
        "BUILD,  true,  other,   ML-LOCK-DRIFT",
        "BUILD,  false, broken,  ML-LOCK-INVALID",
        "BUILD,  true,  broken,  ML-LOCK-INVALID",
        "CHECK,  false, absent,  Absent",
        "CHECK,  true,  absent,  ML-LOCK-MISSING",
        "CHECK,  false, equal,   Unchanged",
        "CHECK,  true,  equal,   Unchanged",
        "CHECK,  false, other,   ML-LOCK-DRIFT",
        "CHECK,  true,  other,   ML-LOCK-DRIFT",
        "CHECK,  false, broken,  ML-LOCK-INVALID",
        "CHECK,  true,  broken,  ML-LOCK-INVALID",
        "ACCEPT, false, absent,  Created",
        "ACCEPT, true,  absent,  ML-LOCK-REFUSED",
        "ACCEPT, false, equal,   Unchanged",
        "ACCEPT, true,  equal,   ML-LOCK-REFUSED",
        "ACCEPT, false, other,   Updated",
        "ACCEPT, true,  other,   ML-LOCK-REFUSED",
        "ACCEPT, false, broken,  ML-LOCK-INVALID",
        "ACCEPT, true,  broken,  ML-LOCK-REFUSED",
        "BUILD,  false, newer,   ML-LOCK-VERSION",
        "ACCEPT, false, newer,   ML-LOCK-VERSION"
    })
    void everyModeMeetsEveryFile(LockMode mode, boolean locked, String there, String outcome) throws Exception {
        byte[] before = content(there);
        if (before.length > 0) {
            Files.write(path, before);
        }
        String found;
        try {
            found = Locking.settle(FoundLock.of(Locks.LOCK), file, mode, locked)
                    .getClass()
                    .getSimpleName();
        } catch (LockException e) {
            found = e.findings().get(0).id().id();
        }
        assertThat(found).isEqualTo(outcome);
        if (outcome.equals("Created") || outcome.equals("Updated")) {
            assertThat(path).hasBinaryContent(LockCodec.write(Locks.LOCK));
        } else if (before.length > 0) {
            assertThat(path).hasBinaryContent(before);
        } else {
            assertThat(path).doesNotExist();
        }
        assertThat(leftovers()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = LockMode.class,
            names = {"BUILD", "CHECK"})
    void withoutALockCiSaysHowToMakeOne(LockMode mode) {
        assertThatThrownBy(() -> Locking.settle(FoundLock.of(Locks.LOCK), file, mode, true))
                .isInstanceOf(LockException.class)
                .hasMessage("ML-LOCK-MISSING: ml.lock: there is no lock file, and -Dml.locked or CI=true forbids to"
                        + " create one. Run `mvn ml:lock` on a developer machine and commit ml.lock.");
    }

    @Test
    void acceptingIsRefusedWhereNothingMayChange() {
        assertThatThrownBy(() -> Locking.settle(FoundLock.of(Locks.LOCK), file, LockMode.ACCEPT, true))
                .isInstanceOf(LockException.class)
                .hasMessage("ML-LOCK-REFUSED: ml.lock: `mvn ml:lock` would change the lock file, and -Dml.locked or"
                        + " CI=true forbids that. Run `mvn ml:lock` on a developer machine and commit ml.lock.");
    }

    @Test
    void recordingIsRefusedWhereNothingMayChange() {
        assertThat(Locking.recordingRefused("src/test/model"))
                .hasMessage("ML-LOCK-REFUSED: src/test/model: -Dml.golden.record would write golden data, and"
                        + " -Dml.locked or CI=true forbids that. Run `mvn ml:lock -Dml.golden.record` on a developer"
                        + " machine and commit what it wrote.");
    }

    @Test
    void aCheckWithoutALockWarns() throws Exception {
        LockOutcome outcome = Locking.settle(FoundLock.of(Locks.LOCK), file, LockMode.CHECK, false);
        assertThat(outcome).isInstanceOf(LockOutcome.Absent.class);
        assertThat(((LockOutcome.Absent) outcome).warning().isError()).isFalse();
        assertThat(((LockOutcome.Absent) outcome).warning().line())
                .isEqualTo(
                        "ML-LOCK-MISSING: ml.lock: there is no lock file to check against. Run `mvn ml:lock` and commit"
                                + " ml.lock.");
    }

    @Test
    void everyDriftIsInOneFailure() throws Exception {
        Files.write(path, LockCodec.write(Locks.LOCK));
        Lock found = Locks.LOCK.with(Map.of());
        assertThatThrownBy(() -> Locking.settle(FoundLock.of(found), file, LockMode.BUILD, false))
                .isInstanceOfSatisfying(
                        LockException.class,
                        e -> assertThat(e.findings())
                                .hasSize(4)
                                .allSatisfy(f -> assertThat(f.id().id()).isEqualTo("ML-LOCK-DRIFT")));
    }

    @Test
    void acceptingTellsWhatChanged() throws Exception {
        Files.write(path, LockCodec.write(OTHER));
        LockOutcome outcome = Locking.settle(FoundLock.of(Locks.LOCK), file, LockMode.ACCEPT, false);
        assertThat(((LockOutcome.Updated) outcome).difference().drifts())
                .extracting(Drift::kind, Drift::where)
                .containsExactly(tuple(Drift.Kind.EXTRANEOUS, "dependencies/io.vertx:vertx-core"));
    }

    @Test
    void aContractThatNoClientNoticesPassesWithANote() throws Exception {
        Contract more = new Contract(
                Locks.CONTRACT.inputs(),
                List.of(
                        Locks.CONTRACT.outputs().get(0),
                        new TensorSpec("scores", Datatype.FP32, new Shape(List.of()))));
        LockedModel model = new LockedModel(
                Locks.MODEL.format(), Locks.MODEL.opsets(), Locks.MODEL.files(), more, Locks.MODEL.golden());
        Lock found = Locks.withModels(Map.of("breast-cancer", model));
        Files.write(path, LockCodec.write(Locks.LOCK));

        LockOutcome outcome = Locking.settle(FoundLock.of(found), file, LockMode.BUILD, true);

        assertThat(((LockOutcome.Extended) outcome).difference().findings())
                .extracting(Finding::line)
                .containsExactly("ML-CONTRACT-EXTENDED: models/breast-cancer/contract/outputs/scores: the contract"
                        + " changed, and clients need not notice: output added, found scores FP32[]. Run `mvn ml:lock`"
                        + " to accept it.");
        assertThat(path).hasBinaryContent(LockCodec.write(Locks.LOCK));
        Files.write(path, LockCodec.write(found));
        assertThatThrownBy(() -> Locking.settle(FoundLock.of(Locks.LOCK), file, LockMode.CHECK, true))
                .isInstanceOfSatisfying(LockException.class, e -> {
                    assertThat(e.difference().orElseThrow().contracts())
                            .extracting(ContractChange::model)
                            .containsExactly("breast-cancer");
                    assertThat(e.findings()).extracting(f -> f.id().id()).containsExactly("ML-CONTRACT-CHANGED");
                });
    }

    @Test
    void whatIsNoFileIsNoLock() throws Exception {
        Files.createDirectory(path);
        assertThatThrownBy(() -> Locking.settle(FoundLock.of(Locks.LOCK), file, LockMode.BUILD, false))
                .isInstanceOf(LockException.class)
                .hasMessageStartingWith("ML-LOCK-INVALID: ml.lock: not a file.");
    }

    @Test
    void aLockMayLieInAFolderThatIsNotYetThere() throws Exception {
        LockFile deep = new LockFile(folder.resolve("locks/ci/ml.lock"), "locks/ci/ml.lock", guards);
        assertThat(Locking.settle(FoundLock.of(Locks.LOCK), deep, LockMode.BUILD, false))
                .isInstanceOf(LockOutcome.Created.class);
        assertThat(deep.read()).contains(Locks.LOCK);
    }

    @Test
    void aWriteThatFailsLeavesNothingBehind() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("locks"), "a file");
        LockFile below = new LockFile(inTheWay.resolve("ml.lock"), "locks/ml.lock", guards);
        assertThatThrownBy(() -> below.write(Locks.LOCK)).isInstanceOf(IOException.class);
        assertThat(folder).isDirectoryContaining(p -> p.equals(inTheWay));
        assertThat(leftovers()).isEmpty();

        Path target = Files.createDirectories(folder.resolve("full.lock/sub")).getParent();
        assertThatThrownBy(() -> new LockFile(target, "full.lock", guards).write(Locks.LOCK))
                .isInstanceOf(IOException.class);
        assertThat(target.resolve("sub")).isDirectory();
        assertThat(leftovers()).isEmpty();
    }

    private List<Path> leftovers() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(p -> p.toString().endsWith(".tmp")).toList();
        }
    }

    private static byte[] content(String there) {
        return switch (there) {
            case "equal" -> LockCodec.write(Locks.LOCK);
            case "other" -> LockCodec.write(OTHER);
            case "broken" -> "<<<<<<< HEAD\n".getBytes(StandardCharsets.UTF_8);
            case "newer" -> "{\"lockVersion\": 2}".getBytes(StandardCharsets.UTF_8);
            default -> new byte[0];
        };
    }
}
