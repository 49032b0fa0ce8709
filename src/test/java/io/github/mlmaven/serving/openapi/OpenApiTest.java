package io.github.mlmaven.serving.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.apicurio.datamodels.Library;
import io.apicurio.datamodels.models.Document;
import io.apicurio.datamodels.models.ModelType;
import io.apicurio.datamodels.validation.ValidationProblem;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.json.ExampleJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Shape ROWS = new Shape(List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(2)));

    private static final ModelDescriptor MODEL = model(
            "iris",
            List.of(spec("x", Datatype.FP32), spec("who", Datatype.BYTES)),
            List.of(spec("label", Datatype.UINT64)));

    private static final String X = "{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[0.5,\"NaN\"]}";
    private static final String WHO =
            "{\"name\":\"who\",\"shape\":[1,2],\"datatype\":\"BYTES\",\"data\":[\"a\",\"b\"]}";
    private static final String LABEL =
            "{\"name\":\"label\",\"shape\":[1,2],\"datatype\":\"UINT64\",\"data\":[1,18446744073709551615]}";

    private static final List<ModelDescriptor> ALL = List.of(
            MODEL,
            model("every datatype", specs(Datatype.values()), specs(Datatype.values())),
            model("every_datatype", List.of(new TensorSpec("", Datatype.BOOL, new Shape(List.of()))), specs()),
            model("a/b{c}é", specs(Datatype.INT8), specs(Datatype.INT8)));

    /** The validator knows JSON Schema only as far as OpenAPI 3.0 had it, and no number beyond 64 bits. */
    private static final Pattern UNKNOWN_TO_VALIDATOR =
            Pattern.compile(".*schema.*An unexpected property \"(prefixItems|maximum)\" was found.*");

    @Test
    void itIsOpenApi31() throws IOException {
        for (List<ModelDescriptor> models : List.of(ALL, List.of(MODEL), List.<ModelDescriptor>of())) {
            JsonNode document = document(models, Map.of("iris", example()));
            Document read = Library.readDocumentFromJSONString(document.toString());
            List<ValidationProblem> problems = Library.validate(read, null);
            assertThat(read.root().modelType()).isEqualTo(ModelType.OPENAPI31);
            assertThat(problems)
                    .extracting(problem -> problem.nodePath + ": " + problem.message)
                    .filteredOn(
                            problem -> !UNKNOWN_TO_VALIDATOR.matcher(problem).matches())
                    .isEmpty();
        }
    }

    @Test
    void itsSchemasAreJsonSchemas() throws IOException {
        JsonNode document = document(ALL, Map.of("iris", example()));
        Schema metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        List<JsonNode> schemas = document.findValues("schema");
        document.at("/components/schemas").forEach(schemas::add);

        assertThat(schemas)
                .hasSizeGreaterThan(20)
                .allSatisfy(schema -> assertThat(metaSchema.validate(schema))
                        .as(schema.toString())
                        .isEmpty());
        assertThat(metaSchema.validate(JSON.readTree("{\"type\":\"float\"}"))).isNotEmpty();
    }

    @Test
    void everyReferenceLeadsSomewhere() throws IOException {
        JsonNode document = document(List.of(MODEL), Map.of());

        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(document.at(ref.substring(1)).isMissingNode())
                        .as(ref)
                        .isFalse());
    }

    @Test
    void theExampleIsThatOfTheGoldenDataAndFitsItsSchema() throws IOException {
        JsonNode document = document(List.of(MODEL), Map.of("iris", example()));

        JsonNode infer = document.at("/paths/~1v2~1models~1iris~1infer/post");
        JsonNode request = infer.at("/requestBody/content/application~1json/example");
        JsonNode reply = infer.at("/responses/200/content/application~1json/example");
        assertThat(request).isEqualTo(JSON.readTree("{\"inputs\":[" + X + "," + WHO + "]}"));
        assertThat(reply)
                .isEqualTo(JSON.readTree(
                        "{\"model_name\":\"iris\",\"model_version\":\"1.4.0\",\"outputs\":[" + LABEL + "]}"));
        assertThat(problems(document, "iris-request", request)).isEmpty();
        assertThat(problems(document, "iris-reply", reply)).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatTheServerRefuses() throws IOException {
        JsonNode document = document(List.of(MODEL), Map.of());

        for (String x : List.of(
                X.replace("\"x\"", "\"y\""),
                X.replace("[1,2]", "[1,3]"),
                X.replace("[1,2]", "[2]"),
                X.replace("[1,2]", "[-1,2]"),
                X.replace("FP32", "FP64"),
                X.replace("0.5", "1e39"),
                X.replace("0.5", "true"),
                X.replace("NaN", "nan"))) {
            JsonNode request = JSON.readTree("{\"inputs\":[" + x + "," + WHO + "]}");
            assertThat(problems(document, "iris-request", request)).as(x).isNotEmpty();
        }
        assertThat(problems(document, "iris-request", JSON.readTree("{\"inputs\":[" + X + "]}")))
                .isNotEmpty();
        JsonNode nested = JSON.readTree("{\"inputs\":[" + X.replace("[0.5,\"NaN\"]", "[[0.5,1]]") + "," + WHO + "]}");
        assertThat(problems(document, "iris-request", nested)).isEmpty();
    }

    @Test
    void withoutAnExampleThereIsNone() throws IOException {
        JsonNode document = document(List.of(MODEL), Map.of());

        assertThat(document.findValues("example")).isEmpty();
    }

    @Test
    void anExampleOfAnotherContractIsNone() throws IOException {
        ModelDescriptor other = model("iris", List.of(spec("x", Datatype.FP32)), List.of(spec("y", Datatype.FP32)));

        assertThat(document(List.of(other), Map.of("iris", example())).findValues("example"))
                .isEmpty();
    }

    @Test
    void onlyAModelThatIsAloneIsAskedWithoutItsName() throws IOException {
        ModelDescriptor other = model("other", specs(Datatype.FP32), specs(Datatype.FP32));

        assertThat(document(List.of(MODEL), Map.of()).at("/paths").has("/invocations"))
                .isTrue();
        assertThat(document(List.of(MODEL, other), Map.of()).at("/paths").has("/invocations"))
                .isFalse();
    }

    private static List<?> problems(JsonNode document, String schema, JsonNode instance) {
        JsonNode root = JSON.createObjectNode()
                .put("$ref", "#/components/schemas/" + schema)
                .set("components", document.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(root)
                .validate(instance);
    }

    private static JsonNode document(List<ModelDescriptor> models, Map<String, Example> examples) throws IOException {
        return JSON.readTree(OpenApi.document(models, examples));
    }

    private static Example example() throws IOException {
        return ExampleJson.read(
                ("{\"inputs\":[" + X + "," + WHO + "],\"outputs\":[" + LABEL + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static TensorSpec spec(String name, Datatype datatype) {
        return new TensorSpec(name, datatype, ROWS);
    }

    private static List<TensorSpec> specs(Datatype... datatypes) {
        return Arrays.stream(datatypes)
                .map(datatype -> spec(datatype.name(), datatype))
                .toList();
    }

    private static ModelDescriptor model(String name, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return new ModelDescriptor(
                name,
                "1.4.0",
                ModelFormat.ONNX,
                List.of(new ModelFile("model.onnx", 1, new Digest("00".repeat(32)))),
                new Contract(inputs, outputs));
    }
}
