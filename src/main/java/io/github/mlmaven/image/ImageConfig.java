package io.github.mlmaven.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.StoredLayer;
import java.util.List;

/** The configuration of an image (OCI image specification, "Image Configuration"), completed above its base. */
final class ImageConfig {

    private final ObjectNode root;

    ImageConfig(ObjectNode base) {
        this.root = base.deepCopy();
    }

    /** The command that starts the base's Java: by {@code JAVA_HOME} where the base says it, else by {@code PATH}. */
    String java() {
        for (JsonNode variable : root.path("config").path("Env")) {
            if (variable.asText().startsWith("JAVA_HOME=/")) {
                return variable.asText().substring("JAVA_HOME=".length()) + "/bin/java";
            }
        }
        return "java";
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
        ArrayNode environment = root.withObjectProperty("config").withArrayProperty("Env");
        for (JsonNode variable : environment) {
            if (variable.asText().startsWith(name + "=")) {
                return;
            }
        }
        environment.add(name + "=" + value);
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
