package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Artifacts and the whole that are not as they were locked. */
class LockDifferenceTest extends LockDifferenceFixture {

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
                new LockedArtifact.Fetched(Locks.VERTX.id(), "5.2.3", "compile", Locks.digest('d'), "mirror");
        assertThat(lines(dependencies(mirrored, Locks.SIBLING))).isEmpty();
    }

    @Test
    void missingAndExtraneousDependenciesAreBothTold() {
        LockedArtifact natives = new LockedArtifact.Fetched(
                LockedArtifact.Id.of(new ArtifactKey("io.netty", "netty-epoll", "jar", "linux-x86_64")),
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
        LockedArtifact runtime = new LockedArtifact.Sibling(Locks.SIBLING.id(), "runtime");

        assertThat(lines(dependencies(Locks.VERTX, runtime)))
                .containsExactly("ML-LOCK-DRIFT: dependencies/com.acme:features: the dependency is not the one that was"
                        + " locked; expected a module of this build, compile, found a module of this build, runtime"
                        + POM);
        assertThat(lines(dependencies(Locks.VERTX))).singleElement().asString().endsWith(POM);
    }

    @Test
    void pluginsAreComparedLikeDependencies() {
        Lock found = Locks.with(
                Section.PLUGINS,
                List.of(Locks.fetched("org.apache.maven.plugins", "maven-compiler-plugin", "3.17.0", "", '9')));
        assertThat(lines(found))
                .containsExactly(
                        "ML-LOCK-DRIFT: plugins/org.apache.maven.plugins:maven-compiler-plugin: the plugin is not"
                                + " the one that was locked; expected 3.16.0 sha256:" + E
                                + " from central, found 3.17.0 sha256:"
                                + NINES + " from central" + POM);
    }

    @Test
    void everythingAroundTheModelIsToldAtOnce() {
        Lock found = new Lock(
                21,
                "onnxruntime 1.30.0",
                "ml-maven-plugin 2.0.0",
                Locks.REGISTRY,
                new TreeMap<>(Map.of("ml.image.modules", "java.naming", "labels/team", "x")),
                new TreeMap<>(Map.of("ml.golden.atol", "1", "severities/ML-GOLDEN-MISMATCH", "off")),
                Locks.LOCK.models(),
                Map.of(Section.DEPENDENCIES, Locks.LOCK.artifacts(Section.DEPENDENCIES)));
        assertThat(lines(found))
                .containsExactly(
                        "ML-LOCK-DRIFT: base: the base is not the one that was locked; expected JDK 17.0.15+6 of Debian"
                                + " for linux/amd64, modules sha256:" + "f".repeat(64)
                                + ", found eclipse-temurin:17-jre (linux/amd64"
                                + " sha256:" + "1".repeat(64) + ", linux/arm64 sha256:" + "2".repeat(64)
                                + "). Restore the base, or run `mvn ml:lock` to accept what is there now.",
                        "ML-LOCK-DRIFT: engine: the engine is not the one that was locked; expected onnxruntime 1.29.0,"
                                + " found onnxruntime 1.30.0. Restore the engine, or run `mvn ml:lock` to accept what is"
                                + " there now.",
                        "ML-LOCK-DRIFT: javaRelease: the Java release is not the one that was locked; expected 17, found"
                                + " 21" + POM,
                        "ML-LOCK-DRIFT: packaging/labels/team: the setting is there, but is not locked, found \"x\"."
                                + " Restore the setting, or run `mvn ml:lock` to accept what is there now.",
                        "ML-LOCK-DRIFT: packaging/ml.image.modules: the setting is not the one that was locked; expected"
                                + " \"java.sql\", found \"java.naming\". Restore the setting, or run `mvn ml:lock` to"
                                + " accept what is there now.",
                        "ML-LOCK-DRIFT: pluginDependencies/org.apache.maven.plugins:maven-compiler-plugin/org.ow2.asm:asm:"
                                + " the dependency of a plugin is locked, but is not there; expected 9.10 sha256:"
                                + "1".repeat(64) + " from central" + POM,
                        "ML-LOCK-DRIFT: plugins/org.apache.maven.plugins:maven-compiler-plugin: the plugin is locked, but"
                                + " is not there; expected 3.16.0 sha256:" + E + " from central" + POM,
                        "ML-LOCK-DRIFT: serving: the serving runtime is not the one that was locked; expected"
                                + " ml-maven-plugin 1.0.0, found ml-maven-plugin 2.0.0" + POM,
                        "ML-LOCK-DRIFT: verification/ml.golden.atol: the setting is not the one that was locked; expected"
                                + " \"0.001\", found \"1\". Restore the setting, or run `mvn ml:lock` to accept what is"
                                + " there now.",
                        "ML-LOCK-DRIFT: verification/severities/ML-GOLDEN-MISMATCH: the setting is there, but is not"
                                + " locked, found \"off\". Restore the setting, or run `mvn ml:lock` to accept what is"
                                + " there now.");
    }

    @Test
    void otherBytesUnderTheSameVersionAreFetchedAgain() {
        Lock found = dependencies(Locks.fetched("io.vertx", "vertx-core", "5.2.3", "compile", '9'), Locks.SIBLING);
        FoundLock there = new FoundLock(
                found,
                Map.of("dependencies/io.vertx:vertx-core", "through com.acme:features > io.vertx:web"),
                Set.of());

        LockDifference difference = LockDifference.between(Locks.LOCK, there, Map.of());

        assertThat(difference.findings())
                .extracting(Finding::line)
                .containsExactly("ML-LOCK-DRIFT: dependencies/io.vertx:vertx-core: the dependency (through"
                        + " com.acme:features > io.vertx:web) is not the one that was locked; expected 5.2.3 compile"
                        + " sha256:" + D + " from central, found 5.2.3 compile sha256:" + NINES
                        + " from central. Delete"
                        + " it from the local repository and fetch it again, or run `mvn ml:lock` to accept what is there"
                        + " now.");
    }

    @Test
    void oneBomInTwoVersionsIsToldByVersion() {
        Lock two = Locks.with(Section.POMS, List.of(bom("1.0", '1'), bom("1.1", '2')));

        assertThat(lines(Locks.with(Section.POMS, List.of(bom("1.0", '1'))), two))
                .singleElement()
                .asString()
                .startsWith("ML-LOCK-DRIFT: poms/com.acme:bom:pom:1.1: the pom is there, but is not locked");
        assertThat(lines(
                        Locks.with(Section.POMS, List.of(bom("1.0", '1'))),
                        Locks.with(Section.POMS, List.of(bom("1.1", '2')))))
                .singleElement()
                .asString()
                .startsWith("ML-LOCK-DRIFT: poms/com.acme:bom:pom: the pom is not the one that was locked");
    }

    @Test
    void librariesOfTheMachineAreToldOneByOne() {
        BaseIdentity.Jdk jdk = (BaseIdentity.Jdk) Locks.JDK;
        Lock found = Locks.withBase(new BaseIdentity.Jdk(
                jdk.platform(),
                jdk.vendor(),
                jdk.version(),
                jdk.modules(),
                new TreeMap<>(Map.of("/lib/x86_64-linux-gnu/libc.so.6", Locks.digest('9')))));

        assertThat(lines(found))
                .containsExactly("ML-LOCK-DRIFT: base/libraries/lib/x86_64-linux-gnu/libc.so.6: the shared library is"
                        + " not the one that was locked; expected sha256:" + "2".repeat(64) + ", found sha256:" + NINES
                        + ". Restore the machine's packages, or run `mvn ml:lock` to accept what is there now.");
    }

    private static LockedArtifact bom(String version, char digit) {
        return new LockedArtifact.Fetched(
                LockedArtifact.Id.of(new ArtifactKey("com.acme", "bom", "pom", "")),
                version,
                "",
                Locks.digest(digit),
                "central");
    }
}
