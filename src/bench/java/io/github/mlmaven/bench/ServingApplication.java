package io.github.mlmaven.bench;

import io.github.mlmaven.image.AssembledApplication;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.mojo.packaging.RuntimeIndex;
import io.github.mlmaven.serving.Application;
import io.github.mlmaven.serving.ApplicationFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** What a build makes of a model, from this project's compiled classes: always what was compiled last. */
final class ServingApplication {

    static final String MAIN_CLASS = Application.class.getName();

    private static final String ENTRYPOINT = MAIN_CLASS.replace('.', '/') + ".class";

    private static final List<String> SERVING = List.of(
            "io/github/mlmaven/model/", "io/github/mlmaven/serving/", "META-INF/services/io.github.mlmaven.serving.");

    private ServingApplication() {}

    /**
     * Assembles it.
     *
     * @param classes the name of the application's own part: {@code classes}, a folder as in the image, or
     *     {@code classes.jar}, because a JVM archives classes of jars only
     */
    static AssembledApplication assemble(Path root, BenchModel model, String classes)
            throws IOException, BenchException {
        AssembledApplication application = AssembledApplication.in(root);
        try {
            ApplicationFolder.withModelFolder(root)
                    .add(model.name(), "1", model.onnx())
                    .write();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new BenchException(model.onnx() + ": " + e.getMessage());
        }
        Path folder = root.resolve("classes");
        Path entrypoint = folder.resolve(ENTRYPOINT);
        Files.createDirectories(entrypoint.getParent());
        try (InputStream in = Application.class.getResourceAsStream("Application.class")) {
            Files.copy(in, entrypoint);
        }
        if (!classes.equals("classes")) {
            jar(folder, root.resolve(classes), name -> true);
        }
        application.path(classes);
        Path serving = root.resolve("serving.jar");
        jar(compiled(), serving, name -> SERVING.stream().anyMatch(name::startsWith));
        application.path("serving.jar");
        for (RuntimeIndex.Library library : RuntimeIndex.load().libraries()) {
            application.jar(jar(library));
        }
        return application;
    }

    /** Where the classes of this project are: {@code target/classes}. */
    private static Path compiled() throws IOException {
        try {
            return Path.of(DescriptorJson.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (java.net.URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static Path jar(RuntimeIndex.Library library) throws BenchException {
        String name = library.artifactId() + "-" + library.version() + ".jar";
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(path -> path.endsWith(name))
                .findFirst()
                .orElseThrow(() -> new BenchException(name + " is not on the class path"));
    }

    private static void jar(Path folder, Path jar, Predicate<String> wanted) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Path path : files) {
                String name = folder.relativize(path).toString();
                if (wanted.test(name)) {
                    out.putNextEntry(new ZipEntry(name));
                    Files.copy(path, out);
                    out.closeEntry();
                }
            }
        }
    }
}
