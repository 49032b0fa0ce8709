package io.github.mlmaven.jib;

import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.DescriptorJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.maven.model.Build;
import org.apache.maven.project.MavenProject;

/** A project after the goal embed, and what Jib plans for it. */
record EmbeddedProject(Path folder, MavenProject maven) {

    static final String ENGINE = "onnxruntime-1.29.0.jar";
    static final String MODEL = "META-INF/ml/model/fraud/1.4/model.onnx";
    private static final String NATIVES = "ai/onnxruntime/native/";

    static EmbeddedProject in(Path folder) throws IOException {
        MavenProject maven = new MavenProject();
        maven.setArtifactId("shop");
        maven.setVersion("1.4");
        maven.setBuild(new Build());
        maven.getBuild().setDirectory(folder.resolve("target").toString());
        maven.getBuild().setOutputDirectory(folder.resolve("target/classes").toString());
        EmbeddedMark.leave(maven, "com.acme.Shop", Map.of());
        EmbeddedProject project = new EmbeddedProject(folder, maven);
        project.write("com/acme/Shop.class", "class");
        project.write("META-INF/ml/model/fraud/1.4/ml-model.json", "{}");
        ModelFile weights = project.write(MODEL, "weights");
        ModelFile data = project.write("META-INF/ml/model/fraud/1.4/data/more", "more weights");
        List<TensorSpec> tensors =
                List.of(new TensorSpec("x", Datatype.FP32, new Shape(List.of(new Dimension.Fixed(1)))));
        try (OutputStream out = Files.newOutputStream(project.classes().resolve("META-INF/ml/models.json"))) {
            DescriptorJson.write(
                    out,
                    List.of(new ModelDescriptor(
                            "fraud", "1.4", ModelFormat.ONNX, List.of(weights, data), new Contract(tensors, tensors))));
        }
        project.jar(ENGINE, NATIVES + "linux-x64/libonnxruntime.so", NATIVES + "win-x64/onnxruntime.dll", "ai/A.class");
        project.jar("vertx-core.jar", "io/vertx/A.class");
        return project;
    }

    Path classes() {
        return folder.resolve("target/classes");
    }

    Path repository() {
        return folder.resolve("repository");
    }

    /** A jar in the local repository whose entries hold their names. */
    Path jar(String name, String... entries) throws IOException {
        Files.createDirectories(repository());
        Path jar = repository().resolve(name);
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String entry : entries) {
                out.putNextEntry(new ZipEntry(entry));
                out.write(entry.getBytes("UTF-8"));
                out.closeEntry();
            }
        }
        return jar;
    }

    private ModelFile write(String path, String content) throws IOException {
        Path file = classes().resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, content);
        return new ModelFile(
                path.replace("META-INF/ml/model/fraud/1.4/", ""),
                content.length(),
                new Digest(DigestUtils.sha256Hex(content)));
    }

    /** As Jib plans an exploded project for one platform. */
    ContainerBuildPlan.Builder plan() throws IOException {
        FileEntriesLayer.Builder libraries = FileEntriesLayer.builder().setName("dependencies");
        for (Path jar : List.of(repository().resolve(ENGINE), repository().resolve("vertx-core.jar"))) {
            libraries.addEntry(jar, AbsoluteUnixPath.get("/app/libs/" + jar.getFileName()));
        }
        return ContainerBuildPlan.builder()
                .setEntrypoint(List.of("java", "-Xmx512m", "-cp", "@/app/jib-classpath-file", "com.acme.Other"))
                .addLayer(libraries.build())
                .addLayer(FileEntriesLayer.builder()
                        .setName("resources")
                        .addEntryRecursive(
                                classes().resolve("META-INF"), AbsoluteUnixPath.get("/app/resources/META-INF"))
                        .build())
                .addLayer(FileEntriesLayer.builder()
                        .setName("classes")
                        .addEntryRecursive(classes().resolve("com"), AbsoluteUnixPath.get("/app/classes/com"))
                        .build());
    }
}
