package io.github.mlmaven.serving;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.engine.OnnxRuntimeEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What a build leaves behind: {@code classes/} with the descriptor, and the models in a folder or as resources. */
public final class ApplicationFolder {

    private final Path root;
    private final boolean asResources;
    private final List<ModelDescriptor> models = new ArrayList<>();

    private ApplicationFolder(Path root, boolean asResources) {
        this.root = root;
        this.asResources = asResources;
    }

    /** The models in {@link #modelPath()}. */
    public static ApplicationFolder withModelFolder(Path root) {
        return new ApplicationFolder(root, false);
    }

    /** The models in {@code classes/META-INF/ml/model}. */
    public static ApplicationFolder withResources(Path root) {
        return new ApplicationFolder(root, true);
    }

    /** Adds one model of one file, with the engine's own contract. */
    public ApplicationFolder add(String name, String version, Path onnx)
            throws IOException, EngineException, NoSuchAlgorithmException {
        models.add(copy(modelPath(), name, version, onnx));
        return this;
    }

    /** Adds one version to a model repository: its file and its descriptor. */
    public static void addToRepository(Path repository, String name, String version, Path onnx) throws Exception {
        ModelDescriptor descriptor = copy(repository, name, version, onnx);
        Path file = repository.resolve(name).resolve(version).resolve(DescriptorJson.VERSION_FILE);
        try (OutputStream out = Files.newOutputStream(file)) {
            DescriptorJson.write(out, List.of(descriptor));
        }
    }

    private static ModelDescriptor copy(Path parent, String name, String version, Path onnx)
            throws IOException, EngineException, NoSuchAlgorithmException {
        Path target = parent.resolve(name).resolve(version).resolve("model.onnx");
        Files.createDirectories(target.getParent());
        Files.copy(onnx, target);
        byte[] bytes = Files.readAllBytes(onnx);
        String hex =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Contract contract;
        try (LoadedModel loaded = new OnnxRuntimeEngine().load(onnx, EngineOptions.DEFAULT)) {
            contract = loaded.contract();
        }
        return new ModelDescriptor(
                name,
                version,
                ModelFormat.ONNX,
                List.of(new ModelFile("model.onnx", bytes.length, new Digest(hex))),
                contract);
    }

    /** Writes the descriptor. */
    public ApplicationFolder write() throws IOException {
        Path descriptor = classes().resolve("META-INF/ml/models.json");
        Files.createDirectories(descriptor.getParent());
        try (OutputStream out = Files.newOutputStream(descriptor)) {
            DescriptorJson.write(out, models);
        }
        return this;
    }

    public Path classes() {
        return root.resolve("classes");
    }

    public Path modelPath() {
        return asResources ? classes().resolve("META-INF/ml/model") : root.resolve("model");
    }

    public boolean hasModelFolder() {
        return !asResources;
    }
}
