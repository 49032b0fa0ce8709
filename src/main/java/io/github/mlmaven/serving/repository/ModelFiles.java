package io.github.mlmaven.serving.repository;

import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the models on disk, each as large and with the digest that the descriptor says; those that are
 * resources are copied to a private folder, which close deletes.
 */
public final class ModelFiles implements AutoCloseable {

    private final Path folder;
    private final boolean temporary;

    /** Whether a link may lead anywhere: what it leads to must have the digest that the application itself says. */
    private final boolean anywhere;

    private ModelFiles(Path folder, boolean temporary, boolean anywhere) {
        this.folder = folder;
        this.temporary = temporary;
        this.anywhere = anywhere;
    }

    /** Finds and checks them; reports all that is wrong at once. */
    public static ModelFiles open(List<ModelDescriptor> models, Optional<Path> modelPath, ClassLoader resources)
            throws UnusableModelException {
        try {
            Path folder = modelPath.isPresent() ? modelPath.get() : Files.createTempDirectory("ml-model-");
            ModelFiles files = new ModelFiles(folder, modelPath.isEmpty(), true);
            List<String> problems = new ArrayList<>();
            models.forEach(model -> files.check(model, resources, problems));
            if (!problems.isEmpty()) {
                files.close();
                throw new UnusableModelException(problems);
            }
            return files;
        } catch (IOException e) {
            throw new UnusableModelException(List.of("cannot copy the models to a temporary folder: " + e));
        }
    }

    /** Checks the files of one model below a folder. */
    static StoredModel verified(ModelDescriptor model, Path folder) throws UnusableModelException {
        return new ModelFiles(folder, false, false).checked(model);
    }

    /** Checks the files of one model again, as they are now. */
    StoredModel verified(ModelDescriptor model) throws UnusableModelException {
        return new ModelFiles(folder, false, anywhere).checked(model);
    }

    private StoredModel checked(ModelDescriptor model) throws UnusableModelException {
        List<String> problems = new ArrayList<>();
        check(model, ModelFiles.class.getClassLoader(), problems);
        if (!problems.isEmpty()) {
            throw new UnusableModelException(problems);
        }
        return stored(model);
    }

    /** The model with its main file. */
    public StoredModel stored(ModelDescriptor model) {
        return new StoredModel(model, location(model, model.mainFile()));
    }

    /**
     * Where an engine finds a file: the main one where it really is, as an engine refuses external data that leads
     * elsewhere, and the others relative to that. What is checked must be what is opened.
     */
    private Path location(ModelDescriptor model, ModelFile file) {
        Path path = path(model, file);
        if (!anywhere) {
            return path;
        }
        Path main = path(model, model.mainFile());
        Path real = real(main);
        return path.equals(main)
                ? real
                : real.resolveSibling(main.resolveSibling("").relativize(path));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path; // Opening it will say why.
        }
    }

    private Path path(ModelDescriptor model, ModelFile file) {
        return folder.resolve(model.name()).resolve(model.version()).resolve(file.path());
    }

    private void check(ModelDescriptor model, ClassLoader resources, List<String> problems) {
        model.files().forEach(file -> check(model, file, resources, problems));
    }

    private void check(ModelDescriptor model, ModelFile file, ClassLoader resources, List<String> problems) {
        Path path = path(model, file);
        String resource = "META-INF/ml/model/" + model.name() + "/" + model.version() + "/" + file.path();
        String place = "model " + model.name() + ": " + (temporary ? resource : path.toString());
        try {
            if (!path.normalize().startsWith(folder.normalize()) || (!anywhere && leadsOut(path))) {
                problems.add(place + ": leads out of the models' folder");
                return;
            }
        } catch (IOException e) {
            problems.add(place + ": cannot be read: " + e);
            return;
        }
        Path location = temporary ? path : location(model, file);
        if (!temporary && Files.exists(location) && !Files.isRegularFile(location)) {
            problems.add(place + ": expected a file, found something else");
            return;
        }
        MessageDigest sha256 = sha256();
        long size;
        try (InputStream in = temporary ? resources.getResourceAsStream(resource) : Files.newInputStream(location)) {
            if (in == null) {
                problems.add(place + ": not on the class path; set ml.model.path or ML_MODEL_PATH to the folder that"
                        + " holds it");
                return;
            }
            if (temporary) {
                Files.createDirectories(path.getParent());
            }
            try (OutputStream out = temporary ? Files.newOutputStream(path) : OutputStream.nullOutputStream();
                    DigestOutputStream digesting = new DigestOutputStream(out, sha256)) {
                size = in.transferTo(digesting);
            }
        } catch (IOException e) {
            problems.add(place + ": cannot be read: " + e);
            return;
        }
        Digest found = new Digest(HexFormat.of().formatHex(sha256.digest()));
        if (size != file.size()) {
            problems.add(place + ": expected " + file.size() + " bytes, found " + size
                    + "; it is not the file that was verified");
        } else if (!found.equals(file.digest())) {
            problems.add(place + ": expected " + file.digest() + ", found " + found
                    + "; it is not the file that was verified");
        }
    }

    /** By a symbolic link; those that stay within are how Kubernetes mounts volumes. */
    private boolean leadsOut(Path path) throws IOException {
        return Files.exists(path) && !path.toRealPath().startsWith(folder.toRealPath());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("cannot delete " + folder + ": " + e);
        }
    }
}
