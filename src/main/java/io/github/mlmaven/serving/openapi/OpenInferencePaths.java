package io.github.mlmaven.serving.openapi;

import static io.github.mlmaven.serving.openapi.JsonTree.object;

import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths of the Open Inference Protocol v2. */
final class OpenInferencePaths {

    static final String TAG = "Open Inference Protocol v2";

    private OpenInferencePaths() {}

    static void addServer(Map<String, Object> paths) {
        Map<String, Object> object = Operations.json(object("type", "object"));
        paths.put(
                "/v2",
                Operations.get(TAG, "serverMetadata", "Name, version and extensions", Operations.only("", object)));
        paths.put(
                "/v2/health/live",
                Operations.get(TAG, "live", "Whether the process runs", Operations.only("It runs.")));
        Map<String, Object> ready = Operations.only("It is ready.");
        ready.put("503", object("description", "It is starting, or stops."));
        paths.put("/v2/health/ready", Operations.get(TAG, "ready", "Whether requests are answered", ready));
        paths.put("/v2/models", Operations.get(TAG, "models", "The models' names", Operations.only("", object)));
    }

    /** @param name of the model's schemas and operations */
    static void addModel(Map<String, Object> paths, String name, ModelDescriptor model, Optional<Example> example) {
        String path = "/v2/models/" + Operations.segment(model.name());
        add(paths, path, name, "", model, example);
        add(paths, path + "/versions/" + Operations.segment(model.version()), name, "Version", model, example);
    }

    private static void add(
            Map<String, Object> paths,
            String path,
            String name,
            String suffix,
            ModelDescriptor model,
            Optional<Example> example) {
        paths.put(
                path,
                Operations.get(
                        TAG,
                        "metadata" + suffix + "-" + name,
                        "The inputs and outputs of " + model.name(),
                        Operations.only("", Operations.json(object("type", "object")))));
        Map<String, Object> ready = Operations.only("It can.");
        ready.put("503", object("description", "The server is starting, or stops."));
        paths.put(
                path + "/ready",
                Operations.get(TAG, "ready" + suffix + "-" + name, "Whether " + model.name() + " can be asked", ready));
        paths.put(
                path + "/infer",
                Operations.post(
                        TAG,
                        "infer" + suffix + "-" + name,
                        "A prediction of " + model.name(),
                        request(name, example),
                        Operations.inference(reply(name, model, example))));
    }

    private static Map<String, Object> request(String name, Optional<Example> example) {
        Map<String, Object> schema = Operations.ref(name + "-request");
        return example.map(real -> Operations.json(schema, object("inputs", real.inputs())))
                .orElseGet(() -> Operations.json(schema));
    }

    private static Map<String, Object> reply(String name, ModelDescriptor model, Optional<Example> example) {
        Map<String, Object> schema = Operations.ref(name + "-reply");
        return example.map(real -> Operations.json(
                        schema,
                        object(
                                "model_name",
                                model.name(),
                                "model_version",
                                model.version(),
                                "outputs",
                                real.outputs())))
                .orElseGet(() -> Operations.json(schema));
    }

    static Map<String, Object> requestSchema(ModelDescriptor model) {
        return object(
                "type",
                "object",
                "required",
                List.of("inputs"),
                "properties",
                object(
                        "id",
                        object("type", "string", "description", "Echoed in the reply."),
                        "parameters",
                        object("type", "object"),
                        "inputs",
                        TensorSchemas.tensors(
                                model.contract().inputs(),
                                model.contract().inputs().size()),
                        "outputs",
                        object(
                                "type",
                                "array",
                                "description",
                                "The outputs wanted; all of them without it.",
                                "items",
                                object(
                                        "type",
                                        "object",
                                        "required",
                                        List.of("name"),
                                        "properties",
                                        object("name", object("enum", outputs(model)))))));
    }

    static Map<String, Object> replySchema(ModelDescriptor model) {
        return object(
                "type",
                "object",
                "required",
                List.of("model_name", "model_version", "outputs"),
                "properties",
                object(
                        "model_name",
                        object("const", model.name()),
                        "model_version",
                        object("const", model.version()),
                        "id",
                        object("type", "string"),
                        "outputs",
                        TensorSchemas.tensors(model.contract().outputs(), 1)));
    }

    private static List<String> outputs(ModelDescriptor model) {
        return model.contract().outputs().stream().map(output -> output.name()).toList();
    }
}
