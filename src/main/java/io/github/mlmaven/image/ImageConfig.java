package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.StoredLayer;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The configuration of an image (OCI image specification, "Image Configuration"), completed above its base. */
final class ImageConfig {

    private final ObjectNode root;

    ImageConfig(ObjectNode base) {
        this.root = base.deepCopy();
    }

    /** The command that starts the base's Java: by {@code JAVA_HOME} where the base says it, else by {@code PATH}. */
    String java() {
        return variable("JAVA_HOME")
                .filter(home -> home.startsWith("/"))
                .map(home -> home + "/bin/java")
                .orElse("java");
    }

    /** A variable of the environment. */
    Optional<String> variable(String name) {
        return StreamSupport.stream(root.path("config").path("Env").spliterator(), false)
                .map(JsonNode::asText)
                .filter(variable -> variable.startsWith(name + "="))
                .map(variable -> variable.substring(name.length() + 1))
                .findFirst();
    }

    /** What a container runs. */
    void entrypoint(List<String> command) {
        ObjectNode config = root.withObjectProperty("config");
        config.remove("Cmd");
        ArrayNode entrypoint = config.putArray("Entrypoint");
        command.forEach(entrypoint::add);
        environment("LANG", "C.UTF-8");
        // ONNX Runtime would send telemetry over the network, and write its log into /tmp.
        environment("ORT_DISABLE_TELEMETRY", "1");
    }

    private void environment(String name, String value) {
        if (variable(name).isEmpty()) {
            root.withObjectProperty("config").withArrayProperty("Env").add(name + "=" + value);
        }
    }

    /** One more layer on top. */
    void add(StoredLayer layer) {
        root.withObjectProperty("rootfs")
                .withArrayProperty("diff_ids")
                .add(layer.diffId().toString());
        root.withArrayProperty("history")
                .addObject()
                .put("created", "1970-01-01T00:00:00Z")
                .put("created_by", "ml-maven-plugin")
                .put("comment", layer.name());
    }

    ObjectNode json() {
        return root.deepCopy();
    }
}
