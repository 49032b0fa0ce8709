package io.github.mlmaven.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
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
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbedderTest {

    private static final Digest DIGEST = new Digest("ab".repeat(32));

    @TempDir
    Path folder;

    @Test
    void itWritesAnEntrypointThatTheCompilerAccepts() throws Exception {
        Embedded embedded = new Embedder().embed(request("breast-cancer", "features", Optional.empty()));

        assertThat(embedded.mainClass()).isEqualTo("com.acme.BreastCancerServer");
        String source = Files.readString(embedded.source());
        assertThat(source)
                .startsWith("package com.acme;\n")
                .contains("Serves breast-cancer 1.4.0.")
                .contains("<li>input features FP32[N,28]</li>")
                .contains("public static final String VERSION = \"1.4.0\";")
                .contains("ModelServer.run(BreastCancerServer.class, args)")
                .doesNotContain("\r");
        assertThat(compiles(source)).isEmpty();
    }

    @Test
    void aHostileTensorNameCannotLeaveTheComment() throws Exception {
        String hostile = "*/ static { System.exit(1); } /* \\u002a\\u002f \n <script> {@link x} $L é";

        Embedded embedded = new Embedder().embed(request("breast-cancer", hostile, Optional.empty()));

        String source = Files.readString(embedded.source());
        assertThat(source).doesNotContain("*/ static").doesNotContain("\\u002a").doesNotContain("<script>");
        assertThat(compiles(source)).isEmpty();
    }

    @Test
    void theDescriptorHoldsWhatWasVerified() throws Exception {
        EmbedRequest request = request("breast-cancer", "features", Optional.empty());

        new Embedder().embed(request);

        try (InputStream in = Files.newInputStream(request.resources().resolve("META-INF/ml/models.json"))) {
            assertThat(DescriptorJson.read(in))
                    .containsExactly(request.models().get(0).descriptor());
        }
    }

    @Test
    void theFolderOfAVersionHoldsItsDescriptorAndNoOther() throws Exception {
        EmbedRequest request = request("breast-cancer", "features", Optional.empty());
        Path version = Path.of("META-INF/ml/model/breast-cancer/1.4.0/ml-model.json");
        Path gone = Path.of("META-INF/ml/model/gone/1.0/ml-model.json");
        for (Path root : List.of(request.resources(), request.classes())) {
            Files.createDirectories(root.resolve(gone).getParent());
            Files.writeString(root.resolve(gone), "{}");
            Files.createDirectories(root.resolve(version).getParent());
            Files.writeString(root.resolve(version), "{}");
        }

        new Embedder().embed(request);

        try (InputStream in = Files.newInputStream(request.resources().resolve(version))) {
            assertThat(DescriptorJson.read(in))
                    .containsExactly(request.models().get(0).descriptor());
        }
        assertThat(request.classes().resolve(version)).exists();
        assertThat(request.resources().resolve(gone)).doesNotExist();
        assertThat(request.classes().resolve(gone)).doesNotExist();
    }

    @Test
    void anUnchangedBuildWritesNothing() throws Exception {
        EmbedRequest request = request("breast-cancer", "features", Optional.empty());
        Path source = new Embedder().embed(request).source();
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(source, old);

        new Embedder().embed(request);

        assertThat(Files.getLastModifiedTime(source)).isEqualTo(old);
    }

    @Test
    void aModelBesideTheJarIsNotInIt() throws Exception {
        EmbedRequest inJar = request("breast-cancer", "features", Optional.empty());
        Path model = inJar.classes().resolve("META-INF/ml/model/breast-cancer/1.4.0/model.onnx");
        Files.createDirectories(model.getParent());
        Files.writeString(model, "of an earlier build");

        Embedded embedded = new Embedder()
                .embed(new EmbedRequest(
                        inJar.models(),
                        Placement.FILE,
                        inJar.groupId(),
                        inJar.artifactId(),
                        inJar.version(),
                        inJar.packageName(),
                        inJar.className(),
                        inJar.sources(),
                        inJar.resources(),
                        inJar.classes()));

        assertThat(embedded.modelFolders()).isEmpty();
        assertThat(model).doesNotExist();
        assertThat(inJar.resources().resolve("META-INF/ml/models.json")).exists();
    }

    @Test
    void whatAnEarlierBuildLeftIsRemoved() throws Exception {
        Path oldClass = new Embedder()
                .embed(request("breast-cancer", "features", Optional.of("OldName")))
                .source();
        Path oldModel = folder.resolve("classes/META-INF/ml/model/gone/1.0/model.onnx");
        Path model = folder.resolve("classes/META-INF/ml/model/breast-cancer/1.4.0/model.onnx");
        for (Path file : List.of(oldModel, model)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
        }

        Embedded embedded = new Embedder().embed(request("breast-cancer", "features", Optional.empty()));

        assertThat(oldClass).doesNotExist();
        assertThat(oldModel).doesNotExist();
        assertThat(model).exists();
        assertThat(embedded.source()).exists();
        assertThat(embedded.modelFolders())
                .containsExactly(new Embedded.ModelFolder(
                        folder.resolve("src"),
                        List.of("model.onnx", "weights.bin"),
                        "META-INF/ml/model/breast-cancer/1.4.0"));
    }

    @Test
    void theFirstGoldenCaseThatIsSmallBecomesTheExample() throws Exception {
        EmbedRequest request = request(List.of(golden("large", 10_000), golden("small", 1), golden("also small", 2)));

        new Embedder().embed(request);

        String zeros = "0.0,".repeat(27) + "0.0";
        assertThat(request.resources().resolve("META-INF/ml/example/breast-cancer.json"))
                .hasContent(
                        "{\"inputs\":[{\"name\":\"features\",\"shape\":[1,28],\"datatype\":\"FP32\",\"data\":[" + zeros
                                + "]}],\"outputs\":[{\"name\":\"label\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[0]}]}");
    }

    @Test
    void withoutGoldenDataThereIsNoExampleNorThatOfAnEarlierBuild() throws Exception {
        EmbedRequest request = request(List.of(golden("small", 1)));
        new Embedder().embed(request);
        Path compiled = request.classes().resolve("META-INF/ml/example/breast-cancer.json");
        Files.createDirectories(compiled.getParent());
        Files.writeString(compiled, "{}");

        new Embedder().embed(request(List.of()));

        assertThat(request.resources().resolve("META-INF/ml/example/breast-cancer.json"))
                .doesNotExist();
        assertThat(compiled).doesNotExist();
    }

    @Test
    void anIllegalClassNameIsRefused() {
        assertThatThrownBy(() -> new Embedder().embed(request("breast-cancer", "features", Optional.of("my-class"))))
                .isInstanceOf(InvalidNameException.class)
                .hasMessage("ml.embed.className: expected a legal Java class name, found \"my-class\"."
                        + " Change it, or remove it to derive the name from the coordinates.");
    }

    private static GoldenCase golden(String name, int rows) {
        return new GoldenCase(
                name,
                "src/test/model/" + name,
                List.of(),
                List.of(new Tensor("features", Datatype.FP32, new long[] {rows, 28}, ByteBuffer.allocate(rows * 112))),
                List.of(new Tensor("label", Datatype.INT64, new long[] {rows}, ByteBuffer.allocate(rows * 8))));
    }

    private EmbedRequest request(String name, String tensor, Optional<String> className) {
        return request(name, tensor, className, List.of());
    }

    private EmbedRequest request(List<GoldenCase> golden) {
        return request("breast-cancer", "features", Optional.empty(), golden);
    }

    private EmbedRequest request(String name, String tensor, Optional<String> className, List<GoldenCase> golden) {
        ModelSource source = new ModelSource(
                name, "1.4.0", folder.resolve("src"), folder.resolve("golden"), "src/main/model", "src/test/model");
        Contract contract = new Contract(
                List.of(new TensorSpec(
                        tensor,
                        Datatype.FP32,
                        new Shape(List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(28))))),
                List.of(new TensorSpec("label", Datatype.INT64, new Shape(List.of(new Dimension.Symbolic("N"))))));
        VerifiedModel model = VerifiedModels.of(
                InspectedModels.onnx(
                        source,
                        List.of(new ModelFile("model.onnx", 3, DIGEST), new ModelFile("weights.bin", 4, DIGEST)),
                        new ModelSummary(8, List.of(), "", List.of(), List.of(), new TreeMap<>(), 0)),
                contract,
                "onnxruntime",
                golden);
        return new EmbedRequest(
                List.of(model),
                Placement.JAR,
                "com.acme",
                name,
                "1.4.0",
                Optional.empty(),
                className,
                folder.resolve("sources"),
                folder.resolve("resources"),
                folder.resolve("classes"));
    }

    /** The compiler's complaints about the source beside a stand-in for the server's entry method. */
    private String compiles(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        compiler.getTask(
                        complaints,
                        null,
                        null,
                        List.of("-proc:none", "-Xlint:all", "-Werror", "-d", folder.toString()),
                        null,
                        List.of(
                                unit("com/acme/BreastCancerServer", source),
                                unit(
                                        "io/github/mlmaven/serving/ModelServer",
                                        "package io.github.mlmaven.serving; public class ModelServer {"
                                                + " public static void run(Class<?> c, String[] args) {} }")))
                .call();
        return complaints.toString();
    }

    private static SimpleJavaFileObject unit(String name, String content) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + name + ".java"), javax.tools.JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return content;
            }
        };
    }
}
