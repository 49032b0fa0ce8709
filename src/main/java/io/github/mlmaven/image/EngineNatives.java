package io.github.mlmaven.image;

import io.github.mlmaven.image.layer.Measured;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The engine's shared libraries that go into an image. */
public final class EngineNatives {

    private EngineNatives() {}

    /**
     * Reads them out of the jars, sorted by name.
     *
     * @param classPath the runtime class path
     * @param platform what the image runs on
     */
    public static List<NativeLibrary> of(List<RuntimeArtifact> classPath, Platform platform) throws IOException {
        String folder = EngineJar.folder(platform);
        List<NativeLibrary> natives = new ArrayList<>();
        for (RuntimeArtifact jar : classPath) {
            try (ZipFile zip = new ZipFile(jar.file().toFile())) {
                List<? extends ZipEntry> entries = zip.stream()
                        .filter(e -> !e.isDirectory() && EngineJar.isIn(folder, e.getName()))
                        .toList();
                for (ZipEntry entry : entries) {
                    natives.add(library(zip, entry, entry.getName().substring(folder.length()), jar));
                }
            }
        }
        natives.sort(Comparator.comparing(NativeLibrary::name));
        return natives;
    }

    private static NativeLibrary library(ZipFile zip, ZipEntry entry, String name, RuntimeArtifact jar)
            throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return new NativeLibrary(name, Measured.of(in::transferTo).digest(), jar);
        }
    }
}
