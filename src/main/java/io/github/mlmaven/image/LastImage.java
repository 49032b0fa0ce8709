package io.github.mlmaven.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The image that the last build of a project put into a tar alone, and what it was made of.
 *
 * @param file a file with {@code {"inputs": DIGEST, "image": …}}, the image as in {@code image.json}
 */
record LastImage(Path file) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_BYTES = 4 << 20;

    /**
     * The image, if it was made of the same.
     *
     * @param docker the platform of the image that Docker loads from the tar
     */
    Optional<ImageResult> of(Digest inputs, ImageRequest request, Platform docker) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            JsonNode last = JSON.readTree(file.toFile());
            return last.path("inputs").asText().equals(inputs.toString())
                    ? Optional.of(ImageResultJson.read(
                            last.path("image"),
                            request.base().identity(request.platforms()),
                            List.of(new Placement.Tar(request.output().tar(), docker))))
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty(); // nothing of ours
        }
    }

    void remember(Digest inputs, ImageResult result) throws IOException {
        ObjectNode last = JSON.createObjectNode().put("inputs", inputs.toString());
        last.set("image", ImageResultJson.node(result));
        WholeFile.write(file, JSON.writeValueAsString(last));
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }
}
