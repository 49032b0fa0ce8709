package io.github.mlmaven.report.bom;

import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.NativeLibrary;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.image.PlatformImage;
import io.github.mlmaven.image.RuntimeArtifact;
import io.github.mlmaven.image.SmokeResult;
import io.github.mlmaven.inspect.InspectedModels;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType;
import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.serving.Tensors;
import io.github.mlmaven.verify.GoldenResult;
import io.github.mlmaven.verify.ModelVerification;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Tolerance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small project with one of everything. */
final class BomRequests {

    static final BaseIdentity JDK =
            new BaseIdentity.Jdk("linux/amd64", "Acme", "17.0.9+9", digest('e'), new TreeMap<>());
    static final BaseIdentity TEMURIN = BaseIdentity.Registry.of(
            "images.example:5000/base/java:17-jre", Map.of("linux/amd64", digest('1'), "linux/arm64", digest('2')));

    private static final ArtifactKey ENGINE = ArtifactKey.jar("com.acme", "engine");

    private BomRequests() {}

    static BomRequest complete(BaseIdentity base) {
        return complete(base, List.of(Platform.LINUX_AMD64));
    }

    static BomRequest complete(BaseIdentity base, List<Platform> platforms) {
        ImageResult image = new ImageResult(
                "fraud:1.0",
                digest('9'),
                platforms.stream()
                        .map(platform -> new PlatformImage(platform, digest('9'), digest('8'), List.of()))
                        .toList(),
                base,
                new SmokeResult(1, 2, Optional.empty()),
                List.of());
        NativeLibrary library = new NativeLibrary(
                "libengine.so",
                digest('c'),
                new RuntimeArtifact("com.acme", "engine", "2.0", "", Path.of("engine.jar")));
        TreeMap<Platform, List<NativeLibrary>> natives = new TreeMap<>();
        platforms.forEach(platform -> natives.put(platform, List.of(library)));
        return request(Optional.of(new BomImage(image, natives)), "fraud");
    }

    static BomRequest withoutImage() {
        return request(Optional.empty(), "fraud");
    }

    static BomRequest request(Optional<BomImage> image, String model) {
        return new BomRequest(
                new BomProject(ArtifactKey.jar("com.acme", "fraud"), "1.0", List.of(licence("MIT"))),
                List.of(
                        new BomLibrary(
                                new ArtifactKey("com.acme", "tools", "jar", "linux"),
                                "3.0",
                                digest('b'),
                                List.of(),
                                Optional.of(ENGINE)),
                        new BomLibrary(
                                ENGINE,
                                "2.0",
                                digest('a'),
                                List.of(licence("Apache License, Version 2.0"), licence("Our own terms")),
                                Optional.empty())),
                List.of(model(model)),
                image,
                "0.1");
    }

    static DeclaredLicence licence(String name) {
        return new DeclaredLicence(Optional.of(name), Optional.empty());
    }

    static Digest digest(char digit) {
        return new Digest(String.valueOf(digit).repeat(64));
    }

    private static ModelVerification model(String name) {
        Path nowhere = Path.of("nowhere").toAbsolutePath();
        ModelSource source =
                new ModelSource(name, "1.0", nowhere, nowhere, "src/main/model/" + name, "src/test/model/" + name);
        Shape rows = new Shape(List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(4)));
        ModelSummary summary = new ModelSummary(
                8,
                List.of(new Opset("ai.onnx", 15)),
                "exporter 2",
                List.of(tensor("x", rows)),
                List.of(tensor("y", new Shape(List.of(new Dimension.Fixed(2))))),
                new TreeMap<>(Map.of("ai.onnx.MatMul", 3L)),
                1234);
        return new ModelVerification(
                source,
                Optional.of(InspectedModels.onnx(
                        source,
                        List.of(
                                new ModelFile("model.onnx", 10, digest('d')),
                                new ModelFile("weights/0.bin", 20, digest('f'))),
                        summary)),
                List.of(),
                List.of(golden("case_0", 0), golden("case_1", 1e-7f)),
                List.of(),
                Optional.empty());
    }

    private static GoldenResult golden(String name, float error) {
        long[] two = {2};
        Comparison y = Comparison.compare(
                Tensors.fp32("y", two, 1, 2), Tensors.fp32("y", two, 1, 2 + error), Tolerance.DEFAULT);
        return new GoldenResult(name, "src/test/model/fraud/" + name, List.of(y), Optional.empty());
    }

    private static ValueInfo tensor(String name, Shape shape) {
        return new ValueInfo(name, new ValueType.TensorType("float", Optional.of(Datatype.FP32), Optional.of(shape)));
    }
}
