package io.github.mlmaven.serving.openapi;

import static io.github.mlmaven.serving.openapi.JsonTree.object;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The paths of KServe's v1 protocol and of MLflow's scoring server, which take values without tensors around them. */
final class TabularPaths {

    static final String KSERVE = "KServe v1";
    static final String MLFLOW = "MLflow";

    private TabularPaths() {}

    static void addServer(Map<String, Object> paths) {
        paths.put(
                "/v1/models",
                Operations.get(
                        KSERVE,
                        "modelsV1",
                        "The models' names",
                        Operations.only("", Operations.json(object("type", "object")))));
        for (String path : List.of("/ping", "/health")) {
            Map<String, Object> ready = Operations.only("It is ready.");
            ready.put("503", object("description", "It is starting, or stops."));
            paths.put(path, Operations.get(MLFLOW, path.substring(1), "Whether requests are answered", ready));
        }
        paths.put(
                "/version",
                Operations.get(
                        MLFLOW,
                        "version",
                        "The server's version",
                        Operations.only("", object("text/plain", object("schema", object("type", "string"))))));
    }

    static void addModel(Map<String, Object> paths, String name, ModelDescriptor model) {
        String path = "/v1/models/" + Operations.segment(model.name());
        Map<String, Object> ready = Operations.only("It can.", Operations.json(object("type", "object")));
        ready.put("503", object("description", "The server is starting, or stops."));
        paths.put(path, Operations.get(KSERVE, "readyV1-" + name, "Whether " + model.name() + " can be asked", ready));
        paths.put(
                path + ":predict",
                Operations.post(
                        KSERVE,
                        "predict-" + name,
                        "A prediction of " + model.name(),
                        Operations.json(form("instances", instances(model))),
                        Operations.inference(Operations.json(Operations.ref("Predictions")))));
    }

    /** The path that names no model, where there is only one. */
    static void addOnlyModel(Map<String, Object> paths, ModelDescriptor model) {
        Map<String, Object> table = object("type", "array", "items", object("type", "array"));
        Map<String, Object> split = object(
                "type",
                "object",
                "required",
                List.of("columns", "data"),
                "properties",
                object("columns", object("type", "array"), "index", object("type", "array"), "data", table));
        Map<String, Object> content = Operations.json(object(
                "oneOf",
                List.of(
                        form("dataframe_split", split),
                        form("dataframe_records", object("type", "array", "items", object("type", "object"))),
                        form("instances", instances(model)),
                        form("inputs", inputs(model)))));
        content.put("text/csv", object("schema", object("type", "string")));
        paths.put(
                "/invocations",
                Operations.post(
                        MLFLOW,
                        "invocations",
                        "A prediction of " + model.name(),
                        content,
                        Operations.inference(Operations.json(Operations.ref("Predictions")))));
    }

    private static Map<String, Object> form(String field, Map<String, Object> schema) {
        return object("type", "object", "required", List.of(field), "properties", object(field, schema));
    }

    /** A row is an object of all inputs, or the value itself where there is one input. */
    private static Map<String, Object> instances(ModelDescriptor model) {
        return object("type", "array", "minItems", 1, "items", inputs(model));
    }

    private static Map<String, Object> inputs(ModelDescriptor model) {
        List<TensorSpec> specs = model.contract().inputs();
        Map<String, Object> properties = object();
        specs.forEach(spec -> properties.put(spec.name(), TensorSchemas.value(spec.datatype())));
        Map<String, Object> named = object(
                "type",
                "object",
                "required",
                specs.stream().map(TensorSpec::name).toList(),
                "properties",
                properties);
        if (specs.size() != 1) {
            return named;
        }
        List<Object> either =
                new ArrayList<>(List.of(TensorSchemas.value(specs.get(0).datatype()), named));
        return object("anyOf", either);
    }
}
