package io.github.mlmaven.lock;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Locks for tests: one by hand, and any number of random ones. */
final class Locks {

    static final Contract CONTRACT = new Contract(
            List.of(new TensorSpec(
                    "features",
                    Datatype.FP32,
                    new Shape(List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(28))))),
            List.of(new TensorSpec("label", Datatype.INT64, new Shape(List.of(new Dimension.Symbolic(""))))));

    static final LockedModel MODEL = new LockedModel(
            ModelFormat.ONNX,
            new TreeMap<>(Map.of("ai.onnx", 15L, "ai.onnx.ml", 3L)),
            List.of(file("model.onnx", 1234, 'a'), file("weights/0.bin", 99, 'b')),
            CONTRACT,
            List.of(file("test_data_set_0/input_0.pb", 10, 'c')));

    static final LockedArtifact VERTX = fetched("io.vertx", "vertx-core", "5.2.3", "compile", 'd');
    static final LockedArtifact SIBLING =
            new LockedArtifact.Sibling(ArtifactKey.jar("com.acme", "features"), "compile");
    static final LockedArtifact COMPILER =
            fetched("org.apache.maven.plugins", "maven-compiler-plugin", "3.16.0", "", 'e');
    static final BaseIdentity JDK = new BaseIdentity.Jdk("Debian", "17.0.15+6", digest('f'));
    static final BaseIdentity REGISTRY = BaseIdentity.Registry.of(
            "eclipse-temurin:17-jre", Map.of("linux/amd64", digest('1'), "linux/arm64", digest('2')));

    static final Lock LOCK = new Lock(
            17,
            "onnxruntime 1.29.0",
            "ml-maven-plugin 1.0.0",
            JDK,
            new TreeMap<>(Map.of("breast-cancer", MODEL)),
            List.of(VERTX, SIBLING),
            List.of(COMPILER));

    private Locks() {}

    static Digest digest(char digit) {
        return new Digest(String.valueOf(digit).repeat(64));
    }

    static ModelFile file(String path, long size, char digit) {
        return new ModelFile(path, size, digest(digit));
    }

    static LockedArtifact fetched(String group, String name, String version, String scope, char digit) {
        return new LockedArtifact.Fetched(ArtifactKey.jar(group, name), version, scope, digest(digit), "central");
    }

    static Lock with(Lock lock, List<LockedArtifact> dependencies, List<LockedArtifact> plugins) {
        return new Lock(
                lock.javaRelease(), lock.engine(), lock.serving(), lock.base(), lock.models(), dependencies, plugins);
    }

    static Lock withModels(Map<String, LockedModel> models) {
        return new Lock(
                LOCK.javaRelease(),
                LOCK.engine(),
                LOCK.serving(),
                LOCK.base(),
                new TreeMap<>(models),
                LOCK.dependencies(),
                LOCK.plugins());
    }

    static Lock random(Random random) {
        SortedMap<String, LockedModel> models = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            models.put(text(random), model(random));
        }
        return new Lock(
                random.nextInt(9, 30),
                text(random),
                text(random),
                base(random),
                models,
                artifacts(random, "compile"),
                artifacts(random, ""));
    }

    private static LockedModel model(Random random) {
        SortedMap<String, Long> opsets = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            opsets.put(text(random), random.nextLong());
        }
        List<ModelFile> files = new ArrayList<>(files(random));
        files.add(file("model.onnx", random.nextLong(Long.MAX_VALUE), '0'));
        Contract contract = new Contract(tensors(random), tensors(random));
        return new LockedModel(ModelFormat.ONNX, opsets, files, contract, files(random));
    }

    private static List<ModelFile> files(Random random) {
        List<ModelFile> files = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            files.add(new ModelFile(i + "/" + random.nextInt(1000), random.nextInt(100), digest(random)));
        }
        return files;
    }

    private static List<TensorSpec> tensors(Random random) {
        List<TensorSpec> tensors = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            List<Dimension> dimensions = new ArrayList<>();
            for (int d = random.nextInt(4); d > 0; d--) {
                dimensions.add(
                        random.nextBoolean()
                                ? new Dimension.Fixed(random.nextLong(Long.MAX_VALUE))
                                : new Dimension.Symbolic(random.nextBoolean() ? "" : text(random)));
            }
            Datatype datatype = Datatype.values()[random.nextInt(Datatype.values().length)];
            tensors.add(new TensorSpec(text(random), datatype, new Shape(dimensions)));
        }
        return tensors;
    }

    private static BaseIdentity base(Random random) {
        return random.nextBoolean()
                ? new BaseIdentity.Jdk(text(random), text(random), digest(random))
                : BaseIdentity.Registry.of(text(random), Map.of(text(random), digest(random), "a/b", digest(random)));
    }

    private static List<LockedArtifact> artifacts(Random random, String scope) {
        List<LockedArtifact> artifacts = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String classifier = random.nextBoolean() ? "" : "c" + i;
            ArtifactKey key = new ArtifactKey("g" + random.nextInt(100), "a" + i, "jar", classifier);
            artifacts.add(
                    random.nextInt(4) == 0
                            ? new LockedArtifact.Sibling(key, scope)
                            : new LockedArtifact.Fetched(key, "1." + i, scope, digest(random), text(random)));
        }
        return artifacts;
    }

    private static Digest digest(Random random) {
        return digest("0123456789abcdef".charAt(random.nextInt(16)));
    }

    /** Never empty; with everything that JSON, UTF-8 or a careless writer could trip over. */
    private static String text(Random random) {
        String[] parts = {
            "a", "Z", "\"", "\\", "/", "\n", "\r\n", "\t", "\u0000", "\u007f", "\u2028", "é", "漢", "😀", " ", ":", "{",
            "]"
        };
        StringBuilder text = new StringBuilder("t").append(random.nextInt(1_000_000));
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
