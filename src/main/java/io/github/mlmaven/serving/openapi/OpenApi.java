package io.github.mlmaven.serving.openapi;

import static io.github.mlmaven.serving.openapi.JsonTree.object;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.TensorJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the OpenAPI document of the models that are served. */
public final class OpenApi {

    private static final String OPERATIONS = "Operations";

    private OpenApi() {}

    /**
     * The document.
     *
     * @param models in their order
     * @param examples by the models' names; a model may have none
     */
    public static byte[] document(List<ModelDescriptor> models, Map<String, Example> examples) {
        Map<String, Object> paths = object();
        Map<String, Object> schemas = object(
                "Error",
                object(
                        "type",
                        "object",
                        "description",
                        "What is wrong: the field's name depends on the protocol.",
                        "additionalProperties",
                        true),
                "Predictions",
                object(
                        "type",
                        "object",
                        "required",
                        List.of("predictions"),
                        "properties",
                        object("predictions", object())));
        OpenInferencePaths.addServer(paths);
        names(models).forEach((name, model) -> {
            Optional<Example> example =
                    Optional.ofNullable(examples.get(model.name())).filter(real -> real.fits(model.contract()));
            OpenInferencePaths.addModel(paths, name, model, example);
            schemas.put(name + "-request", OpenInferencePaths.requestSchema(model));
            schemas.put(name + "-reply", OpenInferencePaths.replySchema(model));
        });
        TabularPaths.addServer(paths);
        names(models).forEach((name, model) -> TabularPaths.addModel(paths, name, model));
        if (models.size() == 1) {
            TabularPaths.addOnlyModel(paths, models.get(0));
        }
        addOperations(paths);
        datatypes(models)
                .forEach(datatype ->
                        schemas.put(TensorSchemas.component(datatype), TensorSchemas.dataComponent(datatype)));
        return write(object(
                "openapi",
                "3.1.0",
                "info",
                object("title", title(models), "version", version(models)),
                "servers",
                List.of(object("url", "/")),
                "tags",
                Stream.of(OpenInferencePaths.TAG, TabularPaths.KSERVE, TabularPaths.MLFLOW, OPERATIONS)
                        .map(tag -> object("name", tag))
                        .toList(),
                "paths",
                paths,
                "components",
                object("schemas", schemas)));
    }

    private static void addOperations(Map<String, Object> paths) {
        Map<String, Object> text = object("schema", object("type", "string"));
        paths.put(
                "/metrics",
                Operations.get(
                        OPERATIONS,
                        "metrics",
                        "Metrics for Prometheus",
                        Operations.only("", object("text/plain", text, "application/openmetrics-text", text))));
        paths.put(
                "/openapi.json",
                Operations.get(
                        OPERATIONS,
                        "openapi",
                        "This document",
                        Operations.only("", Operations.json(object("type", "object")))));
    }

    /** The models by names that components and operations may have ("Components Object", fixed fields). */
    private static Map<String, ModelDescriptor> names(List<ModelDescriptor> models) {
        Map<String, ModelDescriptor> names = new LinkedHashMap<>();
        for (ModelDescriptor model : models) {
            String plain = model.name().replaceAll("[^A-Za-z0-9._-]", "_");
            String name = plain;
            for (int i = 2; names.containsKey(name); i++) {
                name = plain + "." + i;
            }
            names.put(name, model);
        }
        return names;
    }

    private static Set<Datatype> datatypes(List<ModelDescriptor> models) {
        Set<Datatype> datatypes = EnumSet.noneOf(Datatype.class);
        for (ModelDescriptor model : models) {
            Stream.concat(model.contract().inputs().stream(), model.contract().outputs().stream())
                    .map(TensorSpec::datatype)
                    .forEach(datatypes::add);
        }
        return datatypes;
    }

    private static String title(List<ModelDescriptor> models) {
        return models.isEmpty()
                ? "No models"
                : models.stream().map(ModelDescriptor::name).collect(Collectors.joining(", "));
    }

    private static String version(List<ModelDescriptor> models) {
        List<String> versions =
                models.stream().map(ModelDescriptor::version).distinct().toList();
        return versions.isEmpty() ? "0" : String.join(", ", versions);
    }

    private static byte[] write(Map<String, Object> document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = TensorJson.factory().createGenerator(out)) {
            JsonTree.write(json, document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
