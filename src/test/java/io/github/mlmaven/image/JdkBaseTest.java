package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.elf.SystemRoot;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkBaseTest {

    private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

    private static final JdkTools TOOLS = new JdkTools(JAVA_HOME.resolve("bin"), List.of());

    private static final Platform HERE = Machine.current().platform().orElseThrow();

    @TempDir
    Path folder;

    @Test
    void isForThePlatformOfItsJdkOnly() {
        Platform other = HERE == Platform.LINUX_AMD64 ? Platform.LINUX_ARM64 : Platform.LINUX_AMD64;
        assertThatThrownBy(() -> base(Machine.current(), other))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-PLATFORM: ml.image.base: the base jdk takes its programs from the JDK in "
                        + JAVA_HOME + ", which has none for " + other + "; expected a JDK for " + other
                        + ", found one for Linux on " + HERE.gnuArchitecture() + ". Build on " + other
                        + ", name a JDK for it in ml.image.jdk, or set ml.image.base to an image in a registry.");
    }

    @Test
    void isIdentifiedByVendorVersionAndModules() throws Exception {
        BaseIdentity.Jdk identity = identify(JAVA_HOME);
        assertThat(identity.version()).startsWith(System.getProperty("java.version"));
        assertThat(identity.vendor()).isNotEmpty().doesNotContain("\"");
        assertThat(identity.platform()).isEqualTo(HERE.toString());
        for (var library : identity.libraries().entrySet()) {
            assertThat(library.getValue().hex())
                    .isEqualTo(DigestUtils.sha256Hex(Files.readAllBytes(Path.of(library.getKey()))));
        }
        assertThat(identity.libraries().keySet())
                .anyMatch(path -> path.endsWith("/libc.so.6"))
                .anyMatch(path -> path.endsWith("/libstdc++.so.6"))
                .anyMatch(path -> path.endsWith("/" + HERE.loader()));
    }

    @Test
    void aLibraryThatIsNotLockedStaysOut() throws Exception {
        SampleProject project = SampleProject.create(folder, StandIn.answering("{}"));
        BaseIdentity.Jdk whole = identify(JAVA_HOME);
        SortedMap<String, Digest> libraries = new TreeMap<>(whole.libraries());
        String libm = libraries.keySet().stream()
                .filter(path -> path.endsWith("/libm.so.6"))
                .findFirst()
                .orElseThrow();
        libraries.remove(libm);
        BaseIdentity.Jdk without =
                new BaseIdentity.Jdk(whole.platform(), whole.vendor(), whole.version(), whole.modules(), libraries);
        ImageRequest request = project.request()
                .base(new BaseImage.Jdk(JdkSource.current(), List.of(), without))
                .build();
        assertThatThrownBy(() -> new ImageBuilder(Machine.current(), line -> {}).build(request))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: jdk: the image needs the shared library " + libm + ", which the lock does"
                        + " not hold. Name the module of the JDK that needs it in ml.image.modules, for example"
                        + " java.desktop, and run `mvn ml:lock`.");
        assertThat(request.output().tar()).doesNotExist();
    }

    @Test
    void needsAJdk() {
        assertThatThrownBy(() -> identify(folder))
                .hasMessage(
                        "ML-IMAGE-BASE: jdk: " + folder + " is not a complete JDK: release or lib/modules is missing."
                                + " Run Maven with a JDK of version 17 or later (JAVA_HOME), name one in ml.image.jdk, or set"
                                + " ml.image.base to an image in a registry.");
    }

    @Test
    void needsAJdkThatRunsTheClasses() throws Exception {
        SampleProject project = SampleProject.create(folder, StandIn.answering("{}"));
        ImageRequest request = project.request().javaRelease(99).build();
        BaseIdentity.Jdk jdk = identify(JAVA_HOME);
        assertThatThrownBy(() -> new ImageBuilder(Machine.current(), line -> {}).build(request))
                .isInstanceOf(ImageException.class)
                .hasMessage("ML-IMAGE-BASE: jdk: the JDK is too old for the project's classes; expected Java 99 or"
                        + " later, found Java " + Runtime.version().feature() + " (" + jdk.version() + " of "
                        + jdk.vendor() + "). Run Maven with a JDK 99, or name one in ml.image.jdk.");
        assertThat(request.output().tar()).doesNotExist();
    }

    @Test
    void needsJlink() throws Exception {
        BaseIdentity.Jdk identity = identify(JAVA_HOME);
        assertThatThrownBy(() -> JdkRuntime.link(
                        new BaseImage.Jdk(JdkSource.current(), List.of(), identity),
                        new JdkTools(folder.resolve("bin"), List.of()),
                        new TreeSet<>(List.of("java.base")),
                        folder,
                        FileDigests.reading(),
                        folder.resolve("log")))
                .hasMessage("ML-IMAGE-BASE: jdk: " + folder + " (" + identity.version()
                        + ") has no jlink. Install the whole JDK with its jmods, or set ml.image.base to an image in a"
                        + " registry.");
    }

    @Test
    void saysWhatJlinkSaysAndLeavesNothingHalf() throws Exception {
        BaseIdentity.Jdk identity = identify(JAVA_HOME);
        assertThatThrownBy(() -> JdkRuntime.link(
                        new BaseImage.Jdk(JdkSource.current(), List.of(), identity),
                        TOOLS,
                        new TreeSet<>(List.of("no.such.module")),
                        folder.resolve("jdk"),
                        FileDigests.reading(),
                        folder.resolve("log")))
                .hasMessage("ML-IMAGE-BASE: jdk: jlink could not link no.such.module; expected exit code 0, found exit"
                        + " code 1: Error: Module no.such.module not found. Install the whole JDK with its jmods, or"
                        + " set ml.image.base to an image in a registry.");
        assertThat(Folders.files(folder.resolve("jdk"))).isEmpty();
    }

    @Test
    void findsTheModulesThatTheClassesNeed() throws Exception {
        SampleProject project = SampleProject.create(folder, StandIn.answering("{}"));
        Files.createDirectories(project.workFolder());
        BaseImage.Jdk base = new BaseImage.Jdk(JdkSource.current(), List.of("jdk.zipfs"), identify(JAVA_HOME));
        assertThat(JdkModules.needed(base, TOOLS, project.request().build()))
                .containsExactly(
                        "java.base",
                        "java.logging",
                        "java.management",
                        "java.naming",
                        "jdk.crypto.ec",
                        "jdk.httpserver",
                        "jdk.unsupported",
                        "jdk.zipfs");
    }

    @Test
    void leavesOutWhatTheServersJarsUseOnlyWhenItIsThere() throws Exception {
        SampleProject project =
                SampleProject.create(folder, "io.github.mlmaven.serving.ModelServer.run(AddSub.class, args);");
        Files.createDirectories(project.workFolder());
        BaseImage.Jdk base = new BaseImage.Jdk(JdkSource.current(), List.of(), identify(JAVA_HOME));
        assertThat(JdkModules.needed(base, TOOLS, project.request().build()))
                .containsExactly(
                        "java.base",
                        "java.logging",
                        "java.management",
                        "java.naming",
                        "jdk.crypto.ec",
                        "jdk.unsupported");
    }

    @Test
    void remembersWhatJarsAndClassesNeedForOtherBuildsToo() throws Exception {
        SampleProject project = SampleProject.create(folder, StandIn.answering("{}"));
        Files.createDirectories(project.workFolder());
        Path jar = folder.resolve("query.jar");
        String name = Query.class.getName().replace('.', '/') + ".class";
        try (InputStream in = Query.class.getResourceAsStream("/" + name);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
        }
        ImageRequest request = project.request()
                .classPath(List.of(new RuntimeArtifact("com.acme", "query", "1.0", "", jar)))
                .cache(folder.resolve("cache"))
                .build();
        BaseImage.Jdk base = new BaseImage.Jdk(JdkSource.current(), List.of(), identify(JAVA_HOME));

        Set<String> found = JdkModules.needed(base, TOOLS, request);

        assertThat(found).contains("java.sql");
        Map<Path, String> kept = new TreeMap<>();
        for (Path file : Folders.files(folder.resolve("cache/modules"))) {
            kept.put(file, Files.readString(file));
            Files.writeString(file, kept.get(file).replaceAll("java\\.(base|sql)", "java.rmi"));
        }
        assertThat(kept).as("of the jar, and of the classes").hasSize(2);
        assertThat(JdkModules.needed(base, TOOLS, request)).isEqualTo(found);
        for (Map.Entry<Path, String> file : kept.entrySet()) {
            assertThat(file.getKey()).hasContent(file.getValue());
        }
        Files.delete(Folders.files(project.classes()).stream()
                .filter(file -> file.toString().endsWith(".class"))
                .findFirst()
                .orElseThrow());
        JdkModules.needed(base, TOOLS, request);
        assertThat(Folders.files(folder.resolve("cache/modules"))).hasSize(3);
    }

    /** Something that needs a module that no server needs. */
    private record Query(java.sql.Connection connection) {}

    @Test
    void certificatesBelongToItsIdentityWhereTheyAreNotTakenFromItsModules() throws Exception {
        Path jdk = folder.resolve("jdk");
        Path machine = folder.resolve("certificates of the machine");
        Files.createDirectories(jdk.resolve("bin"));
        Files.createDirectories(jdk.resolve("lib/security"));
        Files.copy(JAVA_HOME.resolve("release"), jdk.resolve("release"));
        Files.copy(JAVA_HOME.resolve("bin/java"), jdk.resolve("bin/java"));
        Files.writeString(jdk.resolve("lib/modules"), "all classes");
        Files.writeString(machine, "of Monday");
        Files.createSymbolicLink(jdk.resolve("lib/security/cacerts"), machine);
        Digest monday = identify(jdk).modules();
        Files.writeString(machine, "of Tuesday");
        assertThat(identify(jdk).modules()).isNotEqualTo(monday);

        Files.createDirectories(jdk.resolve("jmods"));
        Files.writeString(jdk.resolve("jmods/java.base.jmod"), "the certificates of its maker");
        Digest tuesday = identify(jdk).modules();
        Files.writeString(machine, "of Wednesday");
        assertThat(identify(jdk).modules()).isEqualTo(tuesday);
    }

    @Test
    void tellsThatItHasNoCertificates() throws Exception {
        List<String> log = new ArrayList<>();
        CaCertificates.check(folder, log::add);
        Path file = Files.createDirectories(folder.resolve("lib/security")).resolve("cacerts");
        Files.createFile(file);
        CaCertificates.check(folder, log::add);
        try (OutputStream out = Files.newOutputStream(file)) {
            KeyStore empty = KeyStore.getInstance("JKS");
            empty.load(null, null);
            empty.store(out, "changeit".toCharArray());
        }
        CaCertificates.check(folder, log::add);
        assertThat(log)
                .hasSize(3)
                .containsOnly("The JDK has no CA certificates in its module java.base: clients of TLS in the image"
                        + " trust nobody unless javax.net.ssl.trustStore names a file");
        Files.writeString(file, "no certificates");
        assertThatThrownBy(() -> CaCertificates.check(folder, log::add))
                .hasMessage("lib/security/cacerts of the runtime cannot be read: Invalid keystore format");
    }

    private static BaseIdentity.Jdk identify(Path javaHome) throws Exception {
        JdkSource source = new JdkSource(javaHome, SystemRoot.MACHINE, JAVA_HOME);
        return BaseImages.identify(source, HERE, List.of(), FileDigests.reading());
    }

    private void base(Machine machine, Platform platform) throws Exception {
        SampleProject project = SampleProject.create(folder, "");
        new ImageBuilder(machine, line -> {})
                .build(project.request().platforms(Set.of(platform)).build());
    }
}
