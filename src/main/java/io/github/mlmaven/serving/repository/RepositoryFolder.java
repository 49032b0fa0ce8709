package io.github.mlmaven.serving.repository;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.DescriptorJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A folder with models, {@code NAME/VERSION/}, in each version's folder its files and its descriptor. A name that a
 * client sends becomes no path: it is looked for among what is there.
 */
final class RepositoryFolder {

    /** A descriptor with thousands of tensors is smaller. */
    private static final int MAX_DESCRIPTOR = 16 << 20;

    private final Path folder;

    RepositoryFolder(Path folder) {
        this.folder = folder;
    }

    /** The names of the models, sorted. */
    List<String> names() throws IOException {
        return folders(folder);
    }

    /** The versions of a model that have a descriptor, in no order that means anything. */
    List<String> versions(String name) throws IOException {
        if (!names().contains(name)) {
            return List.of();
        }
        List<String> versions = new ArrayList<>();
        for (String version : folders(folder.resolve(name))) {
            if (Files.isRegularFile(descriptor(name, version))) {
                versions.add(version);
            }
        }
        return versions;
    }

    /** Reads the descriptor of a version that is there. */
    ModelDescriptor read(String name, String version) throws UnusableModelException {
        String place = "model " + name + ": " + descriptor(name, version);
        try (InputStream in = Files.newInputStream(descriptor(name, version))) {
            byte[] document = in.readNBytes(MAX_DESCRIPTOR + 1);
            if (document.length > MAX_DESCRIPTOR) {
                throw unusable(place, "expected at most " + MAX_DESCRIPTOR + " bytes");
            }
            List<ModelDescriptor> models = DescriptorJson.read(new ByteArrayInputStream(document));
            ModelDescriptor model = models.get(0);
            if (models.size() > 1
                    || !model.name().equals(name)
                    || !model.version().equals(version)) {
                throw unusable(
                        place,
                        "expected the descriptor of " + name + " " + version + " alone, found "
                                + (models.size() > 1
                                        ? models.size() + " models"
                                        : "that of " + model.name() + " " + model.version()));
            }
            return model;
        } catch (JsonProcessingException e) {
            throw unusable(
                    place, e.getOriginalMessage() + " (line " + e.getLocation().getLineNr() + ")");
        } catch (IOException | IllegalArgumentException e) {
            throw unusable(place, "cannot be read: " + e.getMessage());
        }
    }

    /** Checks every file of a version against its descriptor. */
    StoredModel verified(ModelDescriptor model) throws UnusableModelException {
        return ModelFiles.verified(model, folder);
    }

    private Path descriptor(String name, String version) {
        return folder.resolve(name).resolve(version).resolve(DescriptorJson.VERSION_FILE);
    }

    private static UnusableModelException unusable(String place, String problem) {
        return new UnusableModelException(List.of(place + ": " + problem));
    }

    /** Without those that begin with a dot: Kubernetes keeps its own there. */
    private static List<String> folders(Path parent) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(parent, Files::isDirectory)) {
            for (Path child : children) {
                String name = child.getFileName().toString();
                if (!name.startsWith(".")) {
                    names.add(name);
                }
            }
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(names);
        return names;
    }
}
