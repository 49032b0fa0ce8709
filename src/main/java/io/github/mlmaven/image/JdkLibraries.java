package io.github.mlmaven.image;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.elf.SharedLibraries;
import io.github.mlmaven.image.elf.SystemRoot;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The shared libraries that the base {@code jdk} takes: found before anything is linked, so that a lock can
 * hold them, from what the JDK brings for the modules that every server has and for those that were added, and from the
 * names that the engine asks for. What a JDK brings beyond that may need libraries that another machine lacks.
 */
final class JdkLibraries {

    /**
     * Of the modules that {@link JdkModules} always links. The virtual machine itself, 20 MB to read, needs nothing that
     * the engine does not need too.
     */
    private static final Set<String> OF_SERVER = Set.of(
            "libextnet.so",
            "libjava.so",
            "libjimage.so",
            "libjli.so",
            "libjsig.so",
            "libmanagement.so",
            "libmanagement_ext.so",
            "libnet.so",
            "libnio.so",
            "libverify.so",
            "libzip.so");

    /** Of modules that need more of the machine than the others. */
    private static final Map<String, Set<String>> OF_MODULES = Map.of(
            "java.desktop",
            Set.of(
                    "libawt.so",
                    "libawt_headless.so",
                    "libawt_xawt.so",
                    "libfontmanager.so",
                    "libfreetype.so",
                    "libjavajpeg.so",
                    "libjawt.so",
                    "libjsound.so",
                    "liblcms.so",
                    "libmlib_image.so",
                    "libsplashscreen.so"),
            "java.security.jgss",
            Set.of("libj2gss.so"),
            "java.smartcardio",
            Set.of("libj2pcsc.so"),
            "jdk.accessibility",
            Set.of("libatk-wrapper.so"),
            "jdk.sctp",
            Set.of("libsctp.so"));

    /** What ONNX Runtime's natives need, which are in a jar as long as nothing is assembled. */
    private static final List<String> OF_ENGINE =
            List.of("libdl.so.2", "libgcc_s.so.1", "libm.so.6", "libpthread.so.0", "librt.so.1", "libstdc++.so.6");

    /** Files of a JDK that its distributor may replace: Debian links the certificates to those of the machine. */
    private static final List<String> UPGRADEABLE = List.of("lib/security/cacerts", "lib/tzdb.dat");

    private JdkLibraries() {}

    /** What identifies a JDK for a platform, with the libraries that go with it. */
    static BaseIdentity.Jdk identity(
            JdkSource source, Platform platform, Collection<String> modules, FileDigests digests)
            throws ImageException, IOException {
        if (!Files.isDirectory(source.root().folder())) {
            throw new ImageException(
                    FindingId.IMAGE_BASE,
                    "ml.image.sysroot",
                    "there is no folder " + source.root().folder(),
                    "Name the folder with the file system of " + platform + ", for example where its packages were"
                            + " unpacked.");
        }
        Path javaHome = source.home();
        JavaRelease release = JavaRelease.of(javaHome);
        SortedMap<String, Path> libraries = of(source, platform, modules);
        libraries.putAll(locale(source.root()));
        Set<Path> files = new TreeSet<>(libraries.values());
        List<Path> modulesOfJdk = linkedFrom(javaHome);
        files.addAll(modulesOfJdk);
        Map<Path, Digest> known = digests.of(files);
        SortedMap<String, Digest> locked = new TreeMap<>();
        libraries.forEach((path, file) -> locked.put(path, known.get(file)));
        return new BaseIdentity.Jdk(
                platform.toString(),
                release.vendor(),
                release.version(),
                digest(javaHome, modulesOfJdk, known),
                locked);
    }

    /** What jlink links from, and what it takes the list of modules from. */
    private static List<Path> linkedFrom(Path javaHome) throws IOException {
        List<Path> files = new ArrayList<>(Folders.files(javaHome.resolve("jmods")));
        boolean fromItself = files.isEmpty();
        files.add(JavaRelease.modules(javaHome));
        if (fromItself) {
            // The module image has the digests of all other files that are linked then (JEP 493), and refuses changed
            // ones.
            UPGRADEABLE.stream()
                    .map(javaHome::resolve)
                    .filter(Files::isRegularFile)
                    .forEach(files::add);
        }
        return files;
    }

    private static Digest digest(Path javaHome, List<Path> files, Map<Path, Digest> known) {
        StringBuilder lines = new StringBuilder();
        for (Path file : files) {
            lines.append(Objects.requireNonNull(known.get(file)).hex())
                    .append("  ")
                    .append(Folders.relative(javaHome, file))
                    .append('\n');
        }
        return new Digest(DigestUtils.sha256Hex(lines.toString()));
    }

    private static SortedMap<String, Path> of(JdkSource source, Platform platform, Collection<String> modules)
            throws IOException {
        Path javaHome = source.home();
        Set<String> wanted = new TreeSet<>(OF_SERVER);
        modules.forEach(module -> wanted.addAll(OF_MODULES.getOrDefault(module, Set.of())));
        List<Path> programs = new ArrayList<>(List.of(javaHome.resolve("bin").resolve("java")));
        for (Path file : Folders.files(javaHome.resolve("lib"))) {
            String name = String.valueOf(file.getFileName());
            if (wanted.contains(name)) {
                programs.add(file);
            }
        }
        List<String> names = new ArrayList<>(OF_ENGINE);
        names.add(platform.loader());
        return finder(source.root(), platform).closure(programs, names).files();
    }

    /**
     * What tells the C library that names of files are UTF-8, by its path, where the file system has it; it is of the
     * library's version.
     */
    static Map<String, Path> locale(SystemRoot root) throws IOException {
        for (String path : BaseLocale.files(BaseLocale.DEFAULT)) {
            Optional<Path> file = root.file(Path.of(path));
            if (file.isPresent()) {
                return Map.of(path, file.get());
            }
        }
        return Map.of();
    }

    /** Looks where an image from scratch looks. */
    static SharedLibraries finder(SystemRoot root, Platform platform) {
        return new SharedLibraries(
                root,
                SharedLibraries.standardFolders(platform.gnuArchitecture() + "-linux-gnu"),
                platform.elfMachine());
    }
}
