package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LockDifferenceTest {

    private static final String A = "a".repeat(64);
    private static final String D = "d".repeat(64);
    private static final String E = "e".repeat(64);
    private static final String NINES = "9".repeat(64);
    private static final String POM = ". Restore the pom, or run `mvn ml:lock` to accept what is there now.";
    private static final String FILE = ". Restore the file, or run `mvn ml:lock` to accept what is there now.";
    private static final String MODEL = ". Restore the model, or run `mvn ml:lock` to accept what is there now.";

    private static final String ACCEPT =
            ". Restore the model, or run `mvn ml:lock` to accept the contract once the clients know.";

    @Test
    void equalLocksDoNotDiffer() {
        Random random = new Random(3);
        for (int i = 0; i < 100; i++) {
            Lock lock = Locks.random(random);
            assertThat(LockDifference.between(lock, lock).isEmpty()).isTrue();
        }
    }

    @Test
    void locksThatDifferInMoreThanRepositoriesAlwaysDrift() {
        Random random = new Random(4);
        Lock previous = Locks.random(random);
        for (int i = 0; i < 100; i++) {
            Lock next = Locks.random(random);
            assertThat(LockDifference.between(previous, next).findings()).isNotEmpty();
            previous = next;
        }
    }

    @Test
    void aNewVersionOfADependencyIsOneChange() {
        Lock found = dependencies(Locks.fetched("io.vertx", "vertx-core", "5.2.4", "compile", '9'), Locks.SIBLING);
        assertThat(LockDifference.between(Locks.LOCK, found).drifts())
                .extracting(Drift::kind)
                .containsExactly(Drift.Kind.CHANGED);
        assertThat(lines(found))
                .containsExactly(
                        "ML-LOCK-DRIFT: dependencies/io.vertx:vertx-core: the dependency is not the one that was"
                                + " locked; expected 5.2.3 compile sha256:" + D
                                + " from central, found 5.2.4 compile sha256:"
                                + NINES + " from central" + POM);
    }

    @Test
    void ofAModelThatFailedItsChecksTheFilesAndTheContractAreCompared() {
        Lock found = new Lock(
                17,
                "",
                "ml-maven-plugin 1.0.0",
                Locks.JDK,
                new TreeMap<>(),
                List.of(Locks.VERTX, Locks.SIBLING),
                List.of(Locks.COMPILER));
        List<ModelFile> files = List.of(Locks.file("model.onnx", 1234, '9'), Locks.file("weights/0.bin", 99, 'b'));
        List<ModelFile> golden = List.of(Locks.file("test_data_set_0/input_0.pb", 10, '9'));

        Contract contract = new Contract(List.of(tensor("features", Datatype.FP32)), Locks.CONTRACT.outputs());
        LockDifference difference = LockDifference.between(
                Locks.LOCK, found, Map.of("breast-cancer", new FailedModel(files, golden, Optional.of(contract))));
        assertThat(difference.contracts())
                .extracting(ContractChange::model, change -> change.difference().breaking())
                .containsExactly(tuple("breast-cancer", true));
        assertThat(difference.drifts())
                .extracting(Drift::where)
                .containsExactly(
                        "models/breast-cancer/model.onnx", "models/breast-cancer/golden/test_data_set_0/input_0.pb");
        FailedModel unread = new FailedModel(List.of(), List.of(), Optional.empty());
        assertThat(LockDifference.between(Locks.LOCK, found, Map.of("breast-cancer", unread))
                        .isEmpty())
                .isTrue();
        assertThat(LockDifference.between(Locks.LOCK, found).drifts())
                .extracting(Drift::where, Drift::kind)
                .containsExactly(tuple("models/breast-cancer", Drift.Kind.MISSING));
    }

    @Test
    void otherBytesOfTheSameVersionAreAChange() {
        Lock found = dependencies(Locks.fetched("io.vertx", "vertx-core", "5.2.3", "compile", '9'), Locks.SIBLING);
        assertThat(lines(found)).hasSize(1);
    }

    @Test
    void anotherScopeIsAChange() {
        Lock found = dependencies(Locks.fetched("io.vertx", "vertx-core", "5.2.3", "runtime", 'd'), Locks.SIBLING);
        assertThat(lines(found)).hasSize(1).first().asString().contains("found 5.2.3 runtime sha256:" + D);
    }

    @Test
    void theSameBytesFromAnotherRepositoryAreTheSame() {
        LockedArtifact mirrored =
                new LockedArtifact.Fetched(Locks.VERTX.key(), "5.2.3", "compile", Locks.digest('d'), "mirror");
        assertThat(lines(dependencies(mirrored, Locks.SIBLING))).isEmpty();
    }

    @Test
    void missingAndExtraneousDependenciesAreBothTold() {
        LockedArtifact natives = new LockedArtifact.Fetched(
                new ArtifactKey("io.netty", "netty-epoll", "jar", "linux-x86_64"),
                "4.2.0",
                "runtime",
                Locks.digest('9'),
                "central");
        assertThat(lines(dependencies(natives, Locks.SIBLING)))
                .containsExactly(
                        "ML-LOCK-DRIFT: dependencies/io.netty:netty-epoll:jar:linux-x86_64: the dependency is there, but"
                                + " is not locked, found 4.2.0 runtime sha256:" + NINES + " from central" + POM,
                        "ML-LOCK-DRIFT: dependencies/io.vertx:vertx-core: the dependency is locked, but is not there;"
                                + " expected 5.2.3 compile sha256:" + D + " from central" + POM);
    }

    @Test
    void aModuleOfTheReactorThatComesFromARepositoryIsAChangeThatTellsTheFolderToBuildIn() {
        Lock fetched = dependencies(Locks.VERTX, Locks.fetched("com.acme", "features", "1.0", "compile", '9'));
        String next =
                ". Lock and check from the same folder: the reactor's root; run `mvn ml:lock` there to accept what"
                        + " is there now.";

        assertThat(lines(fetched))
                .containsExactly("ML-LOCK-DRIFT: dependencies/com.acme:features: the dependency is not the one that was"
                        + " locked; expected a module of this build, compile, found 1.0 compile sha256:" + NINES
                        + " from central" + next);
        assertThat(lines(fetched, Locks.LOCK))
                .containsExactly("ML-LOCK-DRIFT: dependencies/com.acme:features: the dependency is not the one that was"
                        + " locked; expected 1.0 compile sha256:" + NINES
                        + " from central, found a module of this build, compile" + next);
    }

    @Test
    void aModuleWithAnotherScopeOrThatIsGoneIsNoMatterOfTheFolder() {
        LockedArtifact runtime = new LockedArtifact.Sibling(Locks.SIBLING.key(), "runtime");

        assertThat(lines(dependencies(Locks.VERTX, runtime)))
                .containsExactly("ML-LOCK-DRIFT: dependencies/com.acme:features: the dependency is not the one that was"
                        + " locked; expected a module of this build, compile, found a module of this build, runtime"
                        + POM);
        assertThat(lines(dependencies(Locks.VERTX))).singleElement().asString().endsWith(POM);
    }

    @Test
    void pluginsAreComparedLikeDependencies() {
        Lock found = Locks.with(
                Locks.LOCK,
                Locks.LOCK.dependencies(),
                List.of(Locks.fetched("org.apache.maven.plugins", "maven-compiler-plugin", "3.17.0", "", '9')));
        assertThat(lines(found))
                .containsExactly(
                        "ML-LOCK-DRIFT: plugins/org.apache.maven.plugins:maven-compiler-plugin: the plugin is not"
                                + " the one that was locked; expected 3.16.0 sha256:" + E
                                + " from central, found 3.17.0 sha256:"
                                + NINES + " from central" + POM);
    }

    @Test
    void aChangedByteInAModelShowsBothDigests() {
        LockedModel found = new LockedModel(
                ModelFormat.ONNX,
                Locks.MODEL.opsets(),
                List.of(Locks.file("model.onnx", 1234, '9'), Locks.file("weights/1.bin", 7, '9')),
                Locks.CONTRACT,
                List.of());
        assertThat(lines(Locks.withModels(Map.of("breast-cancer", found))))
                .containsExactly(
                        "ML-LOCK-DRIFT: models/breast-cancer/model.onnx: the model file is not the one that was locked;"
                                + " expected 1234 bytes sha256:" + A + ", found 1234 bytes sha256:" + NINES + FILE,
                        "ML-LOCK-DRIFT: models/breast-cancer/weights/0.bin: the model file is locked, but is not there;"
                                + " expected 99 bytes sha256:" + "b".repeat(64) + FILE,
                        "ML-LOCK-DRIFT: models/breast-cancer/weights/1.bin: the model file is there, but is not locked,"
                                + " found 7 bytes sha256:" + NINES + FILE,
                        "ML-LOCK-DRIFT: models/breast-cancer/golden/test_data_set_0/input_0.pb: the golden file is"
                                + " locked, but is not there; expected 10 bytes sha256:" + "c".repeat(64) + FILE);
    }

    @Test
    void aContractThatBreaksClientsIsAnErrorForEachTensor() {
        Contract contract =
                new Contract(List.of(tensor("features", Datatype.FP64)), List.of(tensor("scores", Datatype.FP32)));
        Lock found = Locks.withModels(Map.of("breast-cancer", with(contract)));
        assertThat(lines(found))
                .containsExactly(
                        "ML-CONTRACT-CHANGED: models/breast-cancer/contract/inputs/features: clients of the locked"
                                + " contract break: datatype changed, rank changed; expected features FP32[N,28], found"
                                + " features FP64[N]" + ACCEPT,
                        "ML-CONTRACT-CHANGED: models/breast-cancer/contract/outputs/label: clients of the locked"
                                + " contract break: output removed; expected label INT64[?]" + ACCEPT,
                        "ML-CONTRACT-EXTENDED: models/breast-cancer/contract/outputs/scores: the contract changed, and"
                                + " clients need not notice: output added, found scores FP32[N]. Run `mvn ml:lock` to"
                                + " accept it.");
        assertThat(LockDifference.between(Locks.LOCK, found).passes()).isFalse();
    }

    @Test
    void aContractThatNoClientNoticesPasses() {
        TensorSpec a = tensor("a", Datatype.FP32);
        TensorSpec b = tensor("b", Datatype.FP32);
        Lock locked = Locks.withModels(Map.of("m", with(new Contract(List.of(a, b), List.of()))));
        Lock found = Locks.withModels(Map.of("m", with(new Contract(List.of(b, a), List.of()))));
        assertThat(lines(locked, found))
                .containsExactly(
                        "ML-CONTRACT-EXTENDED: models/m/contract/inputs: the contract changed, and clients need"
                                + " not notice: another order; expected [a, b], found [b, a]. Run `mvn ml:lock` to accept it.");
        assertThat(LockDifference.between(locked, found).passes()).isTrue();
    }

    @Test
    void aChangedOperatorSetIsADrift() {
        LockedModel found = new LockedModel(
                ModelFormat.ONNX,
                new TreeMap<>(Map.of("ai.onnx", 21L)),
                Locks.MODEL.files(),
                Locks.CONTRACT,
                Locks.MODEL.golden());
        assertThat(lines(Locks.withModels(Map.of("breast-cancer", found))))
                .containsExactly(
                        "ML-LOCK-DRIFT: models/breast-cancer/opsets/ai.onnx: the operator set is not the one that was"
                                + " locked; expected version 15, found version 21" + MODEL,
                        "ML-LOCK-DRIFT: models/breast-cancer/opsets/ai.onnx.ml: the operator set is locked, but is not"
                                + " there; expected version 3" + MODEL);
    }

    @Test
    void aModelThatWasRenamedIsMissingAndExtraneous() {
        assertThat(lines(Locks.withModels(Map.of("cancer", Locks.MODEL))))
                .containsExactly(
                        "ML-LOCK-DRIFT: models/breast-cancer: the model is locked, but is not there; expected onnx, 2"
                                + " files, 1 golden file" + MODEL,
                        "ML-LOCK-DRIFT: models/cancer: the model is there, but is not locked, found onnx, 2 files, 1"
                                + " golden file" + MODEL);
    }

    @Test
    void everythingAroundTheModelIsToldAtOnce() {
        Lock found = new Lock(
                21,
                "onnxruntime 1.30.0",
                "ml-maven-plugin 2.0.0",
                Locks.REGISTRY,
                Locks.LOCK.models(),
                Locks.LOCK.dependencies(),
                List.of());
        assertThat(lines(found))
                .containsExactly(
                        "ML-LOCK-DRIFT: base: the base is not the one that was locked; expected JDK 17.0.15+6 of Debian,"
                                + " modules sha256:" + "f".repeat(64) + ", found eclipse-temurin:17-jre (linux/amd64"
                                + " sha256:" + "1".repeat(64) + ", linux/arm64 sha256:" + "2".repeat(64)
                                + "). Restore the base, or run `mvn ml:lock` to accept what is there now.",
                        "ML-LOCK-DRIFT: engine: the engine is not the one that was locked; expected onnxruntime 1.29.0,"
                                + " found onnxruntime 1.30.0. Restore the engine, or run `mvn ml:lock` to accept what is"
                                + " there now.",
                        "ML-LOCK-DRIFT: javaRelease: the Java release is not the one that was locked; expected 17, found"
                                + " 21" + POM,
                        "ML-LOCK-DRIFT: plugins/org.apache.maven.plugins:maven-compiler-plugin: the plugin is locked, but"
                                + " is not there; expected 3.16.0 sha256:" + E + " from central" + POM,
                        "ML-LOCK-DRIFT: serving: the serving runtime is not the one that was locked; expected"
                                + " ml-maven-plugin 1.0.0, found ml-maven-plugin 2.0.0" + POM);
    }

    private static List<String> lines(Lock found) {
        return lines(Locks.LOCK, found);
    }

    private static List<String> lines(Lock locked, Lock found) {
        return LockDifference.between(locked, found).findings().stream()
                .map(Finding::line)
                .toList();
    }

    private static Lock dependencies(LockedArtifact... dependencies) {
        return Locks.with(Locks.LOCK, List.of(dependencies), Locks.LOCK.plugins());
    }

    private static LockedModel with(Contract contract) {
        return new LockedModel(
                ModelFormat.ONNX, Locks.MODEL.opsets(), Locks.MODEL.files(), contract, Locks.MODEL.golden());
    }

    private static TensorSpec tensor(String name, Datatype datatype) {
        return new TensorSpec(name, datatype, new Shape(List.of(new Dimension.Symbolic("N"))));
    }
}
