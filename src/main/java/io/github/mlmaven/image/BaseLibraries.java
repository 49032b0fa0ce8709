package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.elf.GlibcVersion;
import io.github.mlmaven.image.elf.SharedLibraries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The shared libraries of a base image: the engine's natives must load with them, on a machine that is not this one. */
final class BaseLibraries {

    private static final String LIBC = "libc.so.6";
    private static final String NEXT =
            "Set ml.image.base to an image on a newer Debian, Ubuntu or Red Hat, for example eclipse-temurin:17-jre.";

    private final String reference;
    private final BaseFiles files;
    private final Platform platform;

    BaseLibraries(String reference, BaseFiles files, Platform platform) {
        this.reference = reference;
        this.files = files;
        this.platform = platform;
    }

    /** Refuses a base in which the natives do not load; where it has no C library that is known, tells that. */
    void check(Path natives, ImageLog log) throws ImageException, IOException {
        List<Path> libraries;
        try (Stream<Path> entries = Files.list(natives)) {
            libraries = entries.filter(Files::isRegularFile).sorted().toList();
        }
        Optional<String> libc = find(LIBC);
        if (libc.isEmpty()) {
            Optional<String> musl = files.resolve("/lib/ld-musl-" + platform.gnuArchitecture() + ".so.1");
            if (musl.isPresent()) {
                throw new ImageException(finding(
                        "the base image has musl as its C library, with which the engine's natives do not load",
                        "glibc",
                        musl.get()));
            }
            log.info("The base image has no C library that is known; the engine's natives need glibc");
            return;
        }
        checkVersion(libraries, libc.get());
        TreeSet<String> missing = new TreeSet<>(SharedLibraries.neededBy(libraries));
        missing.removeIf(name -> find(name).isPresent());
        if (!missing.isEmpty()) {
            throw new ImageException(finding(
                    "the base image lacks shared libraries that the engine's natives need",
                    String.join(", ", missing),
                    "no such files"));
        }
    }

    private void checkVersion(List<Path> libraries, String libc) throws ImageException, IOException {
        Optional<GlibcVersion> base = files.text(libc).flatMap(GlibcVersion::parse);
        Optional<GlibcVersion> needed = Optional.empty();
        for (Path library : libraries) {
            needed = Stream.concat(needed.stream(), GlibcVersion.latest(library).stream())
                    .max(Comparator.naturalOrder());
        }
        if (base.isPresent() && needed.isPresent() && base.get().compareTo(needed.get()) < 0) {
            throw new ImageException(finding(
                    "the base image's C library is too old for the engine's natives",
                    "glibc " + needed.get() + " or later",
                    "glibc " + base.get() + " (" + libc + ")"));
        }
    }

    private Optional<String> find(String name) {
        String multiarch = platform.gnuArchitecture() + "-linux-gnu";
        // Those of its own, and those that the loader's configuration of Debian, and of images of compilers, adds.
        return Stream.concat(
                        SharedLibraries.standardFolders(multiarch).stream(),
                        Stream.of("/usr/local/lib/" + multiarch, "/usr/local/lib64", "/usr/local/lib")
                                .map(Path::of))
                .map(folder -> files.resolve(folder.toString().replace('\\', '/') + "/" + name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Finding finding(String message, String expected, String found) {
        return Finding.of(FindingId.PORT_NATIVES, reference, message, expected, found, NEXT);
    }
}
