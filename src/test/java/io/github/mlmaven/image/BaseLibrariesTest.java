package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The natives of the real engine, and base images as people use them. */
class BaseLibrariesTest {

    private static final String NEXT =
            " Set ml.image.base to an image on a newer Debian, Ubuntu or Red Hat, for example"
                    + " eclipse-temurin:17-jre.";

    /** What a Debian or Ubuntu has that is new enough. */
    private static final String[] DEBIAN = {
        "lib->usr/lib",
        "lib64->usr/lib64",
        "usr/lib64/ld-linux-x86-64.so.2->/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
        "usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2",
        "usr/lib/x86_64-linux-gnu/libdl.so.2",
        "usr/lib/x86_64-linux-gnu/librt.so.1",
        "usr/lib/x86_64-linux-gnu/libpthread.so.0",
        "usr/lib/x86_64-linux-gnu/libm.so.6",
        "usr/lib/x86_64-linux-gnu/libgcc_s.so.1",
        "usr/lib/x86_64-linux-gnu/libstdc++.so.6->libstdc++.so.6.0.30",
        "usr/lib/x86_64-linux-gnu/libstdc++.so.6.0.30",
        "usr/lib/x86_64-linux-gnu/libc.so.6=\u007fELF\0GLIBC_2.2.5\0GLIBC_2.36\0GLIBC_2.4\0GLIBC_PRIVATE\0"
    };

    @TempDir
    static Path natives;

    private final BaseFiles files = new BaseFiles();
    private final List<String> log = new ArrayList<>();

    @BeforeAll
    static void unpack() throws Exception {
        Path jar = Path.of(OrtEnvironment.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(EngineJar.split(jar, Platform.LINUX_AMD64, natives.resolve("../classes.jar"), natives))
                .isTrue();
        Files.delete(natives.resolve("../classes.jar"));
    }

    @Test
    void aCurrentDebianIsAccepted() throws Exception {
        files.add(TextLayer.of(DEBIAN));
        check();
        assertThat(log).isEmpty();
    }

    @Test
    void anOldLibcIsRefusedAlsoBehindALink() throws Exception {
        files.add(TextLayer.of(DEBIAN));
        files.add(TextLayer.of(
                "usr/lib/x86_64-linux-gnu/libc.so.6->libc-2.17.so",
                "usr/lib/x86_64-linux-gnu/libc-2.17.so=GLIBC_2.9\0GLIBC_2.17\0"));

        assertThatThrownBy(this::check)
                .isInstanceOf(ImageException.class)
                .hasMessage(
                        "ML-PORT-NATIVES: acme/jre:1: the base image's C library is too old for the engine's natives;"
                                + " expected glibc 2.28 or later, found glibc 2.17 (/usr/lib/x86_64-linux-gnu/libc-2.17.so)."
                                + NEXT);
    }

    @Test
    void muslIsRefused() throws Exception {
        files.add(TextLayer.of("lib/ld-musl-x86_64.so.1"));

        assertThatThrownBy(this::check)
                .hasMessage("ML-PORT-NATIVES: acme/jre:1: the base image has musl as its C library, with which the"
                        + " engine's natives do not load; expected glibc, found /lib/ld-musl-x86_64.so.1." + NEXT);
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        files.add(TextLayer.of(DEBIAN));
        files.add(TextLayer.of(
                "usr/lib/x86_64-linux-gnu/.wh.libstdc++.so.6.0.30", "usr/lib/x86_64-linux-gnu/.wh.libgcc_s.so.1"));

        assertThatThrownBy(this::check)
                .hasMessage(
                        "ML-PORT-NATIVES: acme/jre:1: the base image lacks shared libraries that the engine's natives"
                                + " need; expected libgcc_s.so.1, libstdc++.so.6, found no such files." + NEXT);
    }

    @Test
    void aBaseWithoutAnyIsUsedWithALine() throws Exception {
        files.add(TextLayer.of("usr/bin/java"));
        check();
        assertThat(log)
                .containsExactly("The base image has no C library that is known; the engine's natives need glibc");
    }

    private void check() throws ImageException, IOException {
        new BaseLibraries("acme/jre:1", files, Platform.LINUX_AMD64).check(natives, log::add);
    }
}
