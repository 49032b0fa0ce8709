package io.github.mlmaven.inspect.mlflow;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads an {@code MLmodel} file.
 *
 * @see <a href="https://mlflow.org/docs/latest/ml/model/">MLflow's model format</a>
 */
public final class MlflowReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ONNX = "onnx";
    private static final String DEFAULT_FILE = "model.onnx";
    private static final int MAX_FIELDS = 10_000;
    private static final int MAX_RANK = 64;

    private MlflowReader() {}

    /**
     * Reads a file.
     *
     * @throws MalformedException when its content is wrong
     */
    public static MlflowModel read(Path file) throws IOException, MalformedException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(SafeYaml.MAX_BYTES + 1);
        }
        if (bytes.length > SafeYaml.MAX_BYTES) {
            throw MalformedException.limit("it is too large", "at most " + SafeYaml.MAX_BYTES + " bytes", "more");
        }
        Map<?, ?> document = map(SafeYaml.read(bytes), "the document");
        Map<?, ?> flavors = map(document.get("flavors"), "flavors");
        TreeSet<String> names = new TreeSet<>();
        flavors.keySet().forEach(name -> names.add(String.valueOf(name)));
        Optional<String> onnxFile = Optional.empty();
        if (names.contains(ONNX)) {
            Object data = map(flavors.get(ONNX), "flavors.onnx").get("data");
            onnxFile = Optional.of(data == null ? DEFAULT_FILE : String.valueOf(data));
        }
        return new MlflowModel(names, onnxFile, signature(document.get("signature")));
    }

    private static MlflowModel.Signature signature(@Nullable Object value) throws MalformedException {
        if (value == null) {
            return new MlflowModel.Signature(List.of(), List.of());
        }
        Map<?, ?> signature = map(value, "signature");
        return new MlflowModel.Signature(
                fields(signature.get("inputs"), "signature.inputs"),
                fields(signature.get("outputs"), "signature.outputs"));
    }

    /** JSON in a text in YAML, as MLflow writes it. */
    private static List<MlflowField> fields(@Nullable Object value, String what) throws MalformedException {
        List<MlflowField> fields = new ArrayList<>();
        if (value == null) {
            return fields;
        }
        try {
            JsonNode list = JSON.readTree(String.valueOf(value));
            if (!list.isArray() || list.size() > MAX_FIELDS) {
                throw corrupt(what + " is no list", "a list of at most " + MAX_FIELDS, "something else");
            }
            for (JsonNode field : list) {
                fields.add(field(field, what));
            }
            return fields;
        } catch (JsonProcessingException e) {
            throw corrupt(what + " is not JSON", "a list in JSON", "something else");
        }
    }

    private static MlflowField field(JsonNode field, String what) throws MalformedException {
        String name = field.path("name").asText("");
        String type = field.path("type").asText("");
        if (!type.equals("tensor")) {
            return new MlflowField(name, false, type, List.of());
        }
        JsonNode spec = field.path("tensor-spec");
        JsonNode shape = spec.path("shape");
        if (!spec.path("dtype").isTextual() || !shape.isArray() || shape.size() > MAX_RANK) {
            throw corrupt(what + " has a tensor that is none", "a tensor-spec with dtype and shape", "something else");
        }
        List<Long> dimensions = new ArrayList<>();
        shape.forEach(dimension -> dimensions.add(dimension.asLong(-1)));
        return new MlflowField(name, true, spec.path("dtype").asText(), dimensions);
    }

    private static Map<?, ?> map(@Nullable Object value, String what) throws MalformedException {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw corrupt(what + " is no mapping", "keys and values", "something else");
    }
}
