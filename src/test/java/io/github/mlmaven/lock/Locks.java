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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            new LockedArtifact.Sibling(LockedArtifact.Id.of(ArtifactKey.jar("com.acme", "features")), "compile");
    static final LockedArtifact COMPILER =
            fetched("org.apache.maven.plugins", "maven-compiler-plugin", "3.16.0", "", 'e');
    static final LockedArtifact CLASS_WRITER = new LockedArtifact.Fetched(
            new LockedArtifact.Id(
                    ArtifactKey.jar("org.ow2.asm", "asm"), "org.apache.maven.plugins:maven-compiler-plugin", ""),
            "9.10",
            "",
            digest('1'),
            "central");
    static final BaseIdentity JDK = new BaseIdentity.Jdk(
            "linux/amd64",
            "Debian",
            "17.0.15+6",
            digest('f'),
            new TreeMap<>(Map.of("/lib/x86_64-linux-gnu/libc.so.6", digest('2'))));
    static final BaseIdentity REGISTRY = BaseIdentity.Registry.of(
            "eclipse-temurin:17-jre", Map.of("linux/amd64", digest('1'), "linux/arm64", digest('2')));

    static final Lock LOCK = new Lock(
            17,
            "onnxruntime 1.29.0",
            "ml-maven-plugin 1.0.0",
            JDK,
            new TreeMap<>(Map.of("ml.image.modules", "java.sql")),
            new TreeMap<>(Map.of("ml.golden.atol", "0.001")),
            new TreeMap<>(Map.of("breast-cancer", MODEL)),
            Map.of(
                    Section.DEPENDENCIES,
                    List.of(VERTX, SIBLING),
                    Section.PLUGINS,
                    List.of(COMPILER),
                    Section.PLUGIN_DEPENDENCIES,
                    List.of(CLASS_WRITER)));

    private Locks() {}

    static Digest digest(char digit) {
        return new Digest(String.valueOf(digit).repeat(64));
    }

    static ModelFile file(String path, long size, char digit) {
        return new ModelFile(path, size, digest(digit));
    }

    static LockedArtifact fetched(String group, String name, String version, String scope, char digit) {
        return new LockedArtifact.Fetched(
                LockedArtifact.Id.of(ArtifactKey.jar(group, name)), version, scope, digest(digit), "central");
    }

    /** The lock with other artifacts in one section. */
    static Lock with(Section section, List<LockedArtifact> artifacts) {
        Map<Section, List<LockedArtifact>> all = new EnumMap<>(LOCK.artifacts());
        all.put(section, artifacts);
        return LOCK.with(all);
    }

    static Lock withModels(Map<String, LockedModel> models) {
        return new Lock(
                LOCK.javaRelease(),
                LOCK.engine(),
                LOCK.serving(),
                LOCK.base(),
                LOCK.packaging(),
                LOCK.verification(),
                new TreeMap<>(models),
                LOCK.artifacts());
    }

    static Lock withBase(BaseIdentity base) {
        return new Lock(
                LOCK.javaRelease(),
                LOCK.engine(),
                LOCK.serving(),
                base,
                LOCK.packaging(),
                LOCK.verification(),
                LOCK.models(),
                LOCK.artifacts());
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
                new TreeMap<>(Map.of(text(random), random.nextBoolean() ? "" : text(random))),
                random.nextBoolean() ? new TreeMap<>() : new TreeMap<>(Map.of(text(random), text(random))),
                models,
                sections(random));
    }

    private static Map<Section, List<LockedArtifact>> sections(Random random) {
        Map<Section, List<LockedArtifact>> sections = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            sections.put(section, artifacts(random, section));
        }
        return sections;
    }

    private static LockedModel model(Random random) {
        SortedMap<String, Long> opsets = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            opsets.put(text(random), random.nextLong());
        }
        List<ModelFile> files = new ArrayList<>(files(random));
        files.add(file("model.onnx", random.nextLong(Long.MAX_VALUE), '0'));
        Contract contract = new Contract(tensors(random), tensors(random));
        Optional<LockedArtifact> artifact =
                artifacts(random, Section.PLUGINS).stream().findFirst();
        return new LockedModel(ModelFormat.ONNX, opsets, files, contract, files(random), artifact);
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
                ? new BaseIdentity.Jdk(
                        text(random),
                        text(random),
                        text(random),
                        digest(random),
                        new TreeMap<>(Map.of("/" + text(random), digest(random))))
                : BaseIdentity.Registry.of(text(random), Map.of(text(random), digest(random), "a/b", digest(random)));
    }

    private static List<LockedArtifact> artifacts(Random random, Section section) {
        String scope = section.scoped() ? "compile" : "";
        List<LockedArtifact> artifacts = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            String classifier = random.nextBoolean() ? "" : "c" + i;
            ArtifactKey key = new ArtifactKey("g" + random.nextInt(100), "a" + i, "jar", classifier);
            LockedArtifact.Id id = new LockedArtifact.Id(
                    key, section.owned() ? text(random) : "", random.nextInt(4) == 0 ? text(random) : "");
            artifacts.add(
                    random.nextInt(4) == 0
                            ? new LockedArtifact.Sibling(id, scope)
                            : new LockedArtifact.Fetched(id, "1." + i, scope, digest(random), text(random)));
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
