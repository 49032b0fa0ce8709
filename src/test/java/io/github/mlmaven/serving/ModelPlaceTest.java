package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPlaceTest {

    @TempDir
    Path folder;

    private List<ModelDescriptor> models;

    /** A class that is packed into a jar. */
    public static final class Main {}

    @BeforeEach
    void readADescriptor() {
        ModelFile file = new ModelFile("model.onnx", 3, new Digest("0".repeat(64)));
        models = List.of(new ModelDescriptor(
                "add-sub", "1.4.0", ModelFormat.ONNX, List.of(file), new Contract(List.of(), List.of())));
    }

    @Test
    void theFolderBesideTheJarCounts() throws Exception {
        Files.createDirectories(folder.resolve("model/add-sub/1.4.0"));
        try (URLClassLoader loader = jar()) {
            assertThat(ModelPlace.beside(main(loader), models)).contains(folder.resolve("model"));
        }
    }

    @Test
    void whatIsInTheJarComesFirst() throws Exception {
        Files.createDirectories(folder.resolve("model/add-sub/1.4.0"));
        try (URLClassLoader loader = jar("META-INF/ml/model/add-sub/1.4.0/model.onnx")) {
            assertThat(ModelPlace.beside(main(loader), models)).isEmpty();
        }
    }

    @Test
    void aFolderWithoutTheModelDoesNotCount() throws Exception {
        Files.createDirectories(folder.resolve("model/add-sub/1.3.0"));
        try (URLClassLoader loader = jar()) {
            assertThat(ModelPlace.beside(main(loader), models)).isEmpty();
        }
    }

    @Test
    void withoutAJarThereIsNothingBesideIt() {
        assertThat(ModelPlace.beside(Main.class, models)).isEmpty();
    }

    private static Class<?> main(ClassLoader loader) throws ClassNotFoundException {
        return loader.loadClass(Main.class.getName());
    }

    private URLClassLoader jar(String... resources) throws IOException {
        Path jar = folder.resolve("app.jar");
        String name = Main.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                InputStream in = Main.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
            for (String resource : resources) {
                out.putNextEntry(new JarEntry(resource));
            }
        }
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }
}
