package io.github.mlmaven.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.VerifiedModels;
import io.github.mlmaven.verify.golden.GoldenCase;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.apache.commons.codec.digest.DigestUtils;

/** A built project with the model add-sub, as far as the image needs it. */
final class SampleProject {

    static final String NAME = "add-sub";
    static final String VERSION = "1.4.0";
    static final String MAIN_CLASS = "com.acme.AddSub";

    private static final int WIDTH = 16;
    static final Path CACHE = Path.of("target", "image-test-cache").toAbsolutePath();

    private final Path folder;

    private SampleProject(Path folder) {
        this.folder = folder;
    }

    /** For tests that hold the image against what they know of this platform. */
    static void assumeLinuxAmd64() {
        assumeTrue(
                Machine.current()
                        .platform()
                        .filter(Platform.LINUX_AMD64::equals)
                        .isPresent(),
                "needs linux/amd64");
    }

    /** Writes the project's class folder: the descriptor, a model resource and an entrypoint of this source. */
    static SampleProject create(Path folder, String mainBody) throws IOException {
        byte[] model = Files.readAllBytes(Path.of("src/test/models/add-sub/model.onnx"));
        return create(folder, mainBody, Map.of("model.onnx", model));
    }

    /** The same with a model of these files, the model itself first. */
    static SampleProject create(Path folder, String mainBody, Map<String, byte[]> model) throws IOException {
        SampleProject project = new SampleProject(folder);
        Path modelFolder = Files.createDirectories(folder.resolve("src/main/model"));
        Path resources =
                Files.createDirectories(project.classes().resolve(DescriptorJson.MODEL_RESOURCES + "add-sub/1.4.0"));
        for (var file : model.entrySet()) {
            Files.write(modelFolder.resolve(file.getKey()), file.getValue());
            Files.write(resources.resolve(file.getKey()), file.getValue());
        }
        Path descriptor = project.classes().resolve(DescriptorJson.RESOURCE);
        Files.createDirectories(descriptor.getParent());
        try (OutputStream out = Files.newOutputStream(descriptor)) {
            DescriptorJson.write(out, List.of(project.model(List.of()).descriptor()));
        }
        Path source = folder.resolve("generated/com/acme/AddSub.java");
        Files.createDirectories(source.getParent());
        Files.writeString(
                source,
                "package com.acme;\npublic final class AddSub {\n"
                        + "    public static void main(String[] args) throws Exception {\n        " + mainBody
                        + "\n    }\n}\n");
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--release",
                        "17",
                        "-cp",
                        "target/classes",
                        "-d",
                        project.classes().toString(),
                        source.toString());
        if (exit != 0) {
            throw new IOException("the entrypoint does not compile");
        }
        return project;
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    Path tar() {
        return folder.resolve("target/add-sub-1.4.0-image.tar");
    }

    Path workFolder() {
        return folder.resolve("target/ml/image");
    }

    /**
     * The request for an image on the JDK that runs the test; what is linked and compressed for it is the same for all
     * tests, and takes longest.
     */
    ImageRequest.Builder request() throws ImageException, IOException {
        JdkSource jdk = JdkSource.current();
        Platform here = Machine.current().platform().orElseThrow();
        return ImageRequest.builder("acme/add-sub:1.4.0")
                .model(model(List.of(golden("test_data_set_0", (a, b) -> a - b))))
                .classes(classes())
                .classPath(runtime())
                .mainClass(MAIN_CLASS)
                .base(new BaseImage.Jdk(
                        jdk, List.of(), BaseImages.identify(jdk, here, List.of(), FileDigests.reading())))
                .platforms(Set.of(here))
                .tar(tar())
                .workFolder(workFolder())
                .cache(CACHE);
    }

    VerifiedModel model(List<GoldenCase> golden) throws IOException {
        Path source = folder.resolve("src/main/model");
        List<ModelFile> files = new ArrayList<>();
        for (Path file : Folders.files(source)) {
            files.add(new ModelFile(Folders.relative(source, file), Files.size(file), digest(file)));
        }
        files.sort(Comparator.comparing(file -> !file.path().endsWith(".onnx")));
        ModelSource model = new ModelSource(
                NAME, VERSION, source, folder.resolve("src/test/model"), "src/main/model", "src/test/model");
        ModelSummary summary = new ModelSummary(8, List.of(), "", List.of(), List.of(), new TreeMap<>(), 0);
        return VerifiedModels.of(
                InspectedModels.onnx(model, files, summary),
                new Contract(List.of(spec("INPUT0"), spec("INPUT1")), List.of(spec("OUTPUT0"), spec("OUTPUT1"))),
                "onnxruntime 1.29.0",
                golden);
    }

    /** A golden case whose second output is what this operator says. */
    static GoldenCase golden(String name, IntBinaryOperator difference) {
        return new GoldenCase(
                name,
                "src/test/model/" + name,
                List.of(),
                List.of(tensor("INPUT0", i -> i), tensor("INPUT1", i -> 3)),
                List.of(tensor("OUTPUT0", i -> i + 3), tensor("OUTPUT1", i -> difference.applyAsInt(i, 3))));
    }

    /** What the runtime of the image consists of, from the class path of this test. */
    List<RuntimeArtifact> runtime() throws IOException {
        Path serving = folder.resolve("target/ml-maven-plugin-serving.jar");
        if (!Files.exists(serving)) {
            jar(Path.of("target/classes"), serving);
        }
        Stream<RuntimeArtifact> jars = Stream.of(
                        System.getProperty("java.class.path").split(System.getProperty("path.separator"), -1))
                .map(Path::of)
                .filter(p -> String.valueOf(p.getFileName())
                        .matches("(netty-|vertx-core|jackson-core-|onnxruntime-|fastcsv-|protobuf-java-\\d).*\\.jar"))
                .map(SampleProject::artifact);
        return Stream.concat(
                        Stream.of(new RuntimeArtifact(
                                "io.github.mlmaven", "ml-maven-plugin", "0.1.0", "serving", serving)),
                        jars)
                .toList();
    }

    /** Coordinates from a path of the local repository: {@code …/io/netty/netty-common/4.2/netty-common-4.2.jar}. */
    private static RuntimeArtifact artifact(Path jar) {
        String version = jar.getParent().getFileName().toString();
        String artifactId = jar.getParent().getParent().getFileName().toString();
        String path = jar.toString().replace('\\', '/');
        String groupId = Stream.of(
                        "io.netty",
                        "io.vertx",
                        "com.fasterxml.jackson.core",
                        "com.microsoft.onnxruntime",
                        "de.siegmar",
                        "com.google.protobuf")
                .filter(g -> path.contains("/" + g.replace('.', '/') + "/"))
                .findFirst()
                .orElseThrow();
        return new RuntimeArtifact(groupId, artifactId, version, "", jar);
    }

    private static void jar(Path classes, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Path file : Folders.files(classes)) {
                String name = Folders.relative(classes, file);
                if (name.matches("io/github/mlmaven/(model|serving)/.*|META-INF/services/.*serving.*")) {
                    ZipEntry entry = new ZipEntry(name);
                    entry.setTimeLocal(LocalDateTime.of(2026, 1, 1, 0, 0));
                    out.putNextEntry(entry);
                    Files.copy(file, out);
                    out.closeEntry();
                }
            }
        }
    }

    private static Digest digest(Path file) throws IOException {
        return new Digest(DigestUtils.sha256Hex(Files.readAllBytes(file)));
    }

    private static TensorSpec spec(String name) {
        return new TensorSpec(
                name, Datatype.INT32, new Shape(List.of(new Dimension.Symbolic("batch"), new Dimension.Fixed(WIDTH))));
    }

    private static Tensor tensor(String name, IntUnaryOperator element) {
        ByteBuffer data = ByteBuffer.allocate(WIDTH * 4).order(ByteOrder.LITTLE_ENDIAN);
        IntStream.range(0, WIDTH).map(element).forEach(data::putInt);
        return new Tensor(name, Datatype.INT32, new long[] {1, WIDTH}, data.flip());
    }

    /** Builds the image in a folder, prints its digest; to be run in a process with other settings. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        SampleProject project = Files.exists(folder.resolve("target/classes/com/acme/AddSub.class"))
                ? new SampleProject(folder)
                : create(folder, StandIn.answering(StandIn.RIGHT));
        ImageRequest.Builder request = project.request().cache(args.length > 1 ? Path.of(args[1]) : CACHE);
        System.out.println(new ImageBuilder(Machine.current(), line -> {})
                .build(request.build())
                .digest());
    }
}
