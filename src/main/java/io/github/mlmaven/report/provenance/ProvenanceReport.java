package io.github.mlmaven.report.provenance;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.report.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the result came about: {@code target/ml/provenance.json}, an in-toto statement with SLSA's provenance. No time, no
 * host, no absolute path; what differs where the same build runs again is in {@code runDetails} alone.
 *
 * @see <a href="https://slsa.dev/spec/v1.0/provenance">SLSA provenance v1</a>
 */
public final class ProvenanceReport {

    /** What kind of build it is; {@code docs/attestation.md} says what its parameters mean. */
    public static final String BUILD_TYPE = "https://mlmaven.github.io/ml-maven-plugin/build/v1";

    /** A builder that promises nothing: the machine of a developer. */
    public static final String DEVELOPER_MACHINE =
            "https://mlmaven.github.io/ml-maven-plugin/builder/developer-machine";

    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE = "https://slsa.dev/provenance/v1";

    private ProvenanceReport() {}

    /** Writes the statement, as a whole or not at all. */
    public static void write(Path file, ProvenanceRequest request) throws IOException {
        JsonFile.write(file, json -> statement(json, request));
    }

    private static void statement(JsonGenerator json, ProvenanceRequest request) throws IOException {
        json.writeStartObject();
        json.writeStringField("_type", STATEMENT);
        products(json, "subject", request.subjects());
        json.writeStringField("predicateType", PREDICATE);
        json.writeObjectFieldStart("predicate");
        definition(json, request);
        run(json, request);
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void definition(JsonGenerator json, ProvenanceRequest request) throws IOException {
        json.writeObjectFieldStart("buildDefinition");
        json.writeStringField("buildType", BUILD_TYPE);
        json.writeObjectFieldStart("externalParameters");
        strings(json, "goals", request.invocation().goals());
        strings(json, "profiles", request.invocation().profiles());
        strings(json, "properties", request.invocation().properties());
        json.writeEndObject();
        internal(json, request.lock());
        json.writeArrayFieldStart("resolvedDependencies");
        List<Material> materials = new ArrayList<>();
        request.source().map(Material::of).ifPresent(materials::add);
        materials.addAll(LockMaterials.of(request.lock()));
        for (Material material : materials) {
            material(json, material);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void internal(JsonGenerator json, Lock lock) throws IOException {
        json.writeObjectFieldStart("internalParameters");
        json.writeStringField("engine", lock.engine());
        json.writeNumberField("javaRelease", lock.javaRelease());
        json.writeStringField("serving", lock.serving());
        json.writeEndObject();
    }

    private static void run(JsonGenerator json, ProvenanceRequest request) throws IOException {
        Run run = request.run();
        json.writeObjectFieldStart("runDetails");
        json.writeObjectFieldStart("builder");
        json.writeStringField("id", run.builder());
        strings(json, "version", run.versions());
        json.writeEndObject();
        if (run.invocation().isPresent()) {
            json.writeObjectFieldStart("metadata");
            json.writeStringField("invocationId", run.invocation().get());
            json.writeEndObject();
        }
        products(json, "byproducts", request.byproducts());
        json.writeEndObject();
    }

    private static void material(JsonGenerator json, Material material) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", material.name());
        if (material.uri().isPresent()) {
            json.writeStringField("uri", material.uri().get());
        }
        if (!material.digest().isEmpty()) {
            digest(json, material.algorithm(), material.digest());
        }
        json.writeEndObject();
    }

    private static void products(JsonGenerator json, String field, List<Product> products) throws IOException {
        json.writeArrayFieldStart(field);
        for (Product product : products) {
            json.writeStartObject();
            json.writeStringField("name", product.name());
            digest(json, "sha256", product.digest().hex());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void digest(JsonGenerator json, String algorithm, String hex) throws IOException {
        json.writeObjectFieldStart("digest");
        json.writeStringField(algorithm, hex);
        json.writeEndObject();
    }

    private static void strings(JsonGenerator json, String field, List<String> texts) throws IOException {
        json.writeArrayFieldStart(field);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String field, Map<String, String> texts) throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, String> text : texts.entrySet()) {
            json.writeStringField(text.getKey(), text.getValue());
        }
        json.writeEndObject();
    }
}
