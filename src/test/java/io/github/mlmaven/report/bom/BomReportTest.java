package io.github.mlmaven.report.bom;

import static io.github.mlmaven.report.bom.BomRequests.JDK;
import static io.github.mlmaven.report.bom.BomRequests.TEMURIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BomReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    static Stream<BomRequest> requests() {
        return Stream.of(
                BomRequests.complete(JDK),
                BomRequests.complete(TEMURIN),
                BomRequests.withoutImage(),
                BomRequests.request(Optional.empty(), "a \"b\"\u0000\u001b[31m\u202e\ud800 漢"));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyDocumentFitsTheSchemaOfCycloneDx(BomRequest request) throws IOException {
        assertThat(new JsonParser().validate(write(request).toFile(), Version.VERSION_16))
                .isEmpty();
    }

    @Test
    void theSchemaIsLookedAt() throws IOException {
        assertThat(new JsonParser()
                        .validate("{\"bomFormat\": \"other\", \"specVersion\": \"1.6\"}", Version.VERSION_16))
                .isNotEmpty();
    }

    @Test
    void theDocumentTellsOfEverything() throws IOException {
        Path file = write(BomRequests.complete(JDK));

        assertThat(JSON.readTree(file.toFile())).isEqualTo(JSON.readTree(repeated("""
                {
                  "bomFormat": "CycloneDX",
                  "components": [
                    {
                      "bom-ref": "base",
                      "hashes": [
                        {
                          "alg": "SHA-256",
                          "content": "<64 e>"
                        }
                      ],
                      "name": "jdk",
                      "properties": [{"name": "ml-maven-plugin:digestOf", "value": "lib/modules"}],
                      "publisher": "Acme",
                      "purl": "pkg:generic/jdk@17.0.9%2B9",
                      "scope": "required",
                      "type": "platform",
                      "version": "17.0.9+9"
                    },
                    {
                      "bom-ref": "model:fraud@1.0",
                      "components": [
                        {
                          "bom-ref": "model:fraud@1.0/weights/0.bin",
                          "hashes": [
                            {
                              "alg": "SHA-256",
                              "content": "<64 f>"
                            }
                          ],
                          "name": "weights/0.bin",
                          "type": "file"
                        }
                      ],
                      "hashes": [
                        {
                          "alg": "SHA-256",
                          "content": "<64 d>"
                        }
                      ],
                      "modelCard": {
                        "modelParameters": {"inputs": [{"format": "x FP32[N,4]"}], "outputs": [{"format": "y FP32[2]"}]},
                        "properties": [
                          {"name": "ml-maven-plugin:format", "value": "onnx"},
                          {"name": "ml-maven-plugin:irVersion", "value": "8"},
                          {"name": "ml-maven-plugin:mainFile", "value": "model.onnx"},
                          {"name": "ml-maven-plugin:operator:ai.onnx.MatMul", "value": "3"},
                          {"name": "ml-maven-plugin:opset:ai.onnx", "value": "15"},
                          {"name": "ml-maven-plugin:parameters", "value": "1234"},
                          {"name": "ml-maven-plugin:producer", "value": "exporter 2"}
                        ],
                        "quantitativeAnalysis": {
                          "performanceMetrics": [
                            {"type": "golden cases", "value": "2"},
                            {"type": "golden cases passed", "value": "2"},
                            {
                              "slice": "output y",
                              "type": "largest deviation",
                              "value": "within atol 1e-5, rtol 1e-4"
                            }
                          ]
                        }
                      },
                      "name": "fraud",
                      "scope": "required",
                      "type": "machine-learning-model",
                      "version": "1.0"
                    },
                    {
                      "bom-ref": "native:libengine.so",
                      "hashes": [
                        {
                          "alg": "SHA-256",
                          "content": "<64 c>"
                        }
                      ],
                      "name": "libengine.so",
                      "properties": [{"name": "ml-maven-plugin:path", "value": "/app/native/libengine.so"}],
                      "scope": "required",
                      "type": "library",
                      "version": "2.0"
                    },
                    {
                      "bom-ref": "pkg:maven/com.acme/engine@2.0?type=jar",
                      "group": "com.acme",
                      "hashes": [
                        {
                          "alg": "SHA-256",
                          "content": "<64 a>"
                        }
                      ],
                      "licenses": [{"license": {"id": "Apache-2.0"}}, {"license": {"name": "Our own terms"}}],
                      "name": "engine",
                      "purl": "pkg:maven/com.acme/engine@2.0?type=jar",
                      "scope": "required",
                      "type": "library",
                      "version": "2.0"
                    },
                    {
                      "bom-ref": "pkg:maven/com.acme/tools@3.0?classifier=linux&type=jar",
                      "group": "com.acme",
                      "hashes": [
                        {
                          "alg": "SHA-256",
                          "content": "<64 b>"
                        }
                      ],
                      "name": "tools",
                      "purl": "pkg:maven/com.acme/tools@3.0?classifier=linux&type=jar",
                      "scope": "required",
                      "type": "library",
                      "version": "3.0"
                    }
                  ],
                  "dependencies": [
                    {"dependsOn": [], "ref": "base"},
                    {"dependsOn": [], "ref": "model:fraud@1.0"},
                    {"dependsOn": [], "ref": "native:libengine.so"},
                    {
                      "dependsOn": ["native:libengine.so", "pkg:maven/com.acme/tools@3.0?classifier=linux&type=jar"],
                      "ref": "pkg:maven/com.acme/engine@2.0?type=jar"
                    },
                    {
                      "dependsOn": ["base", "model:fraud@1.0", "pkg:maven/com.acme/engine@2.0?type=jar"],
                      "ref": "pkg:maven/com.acme/fraud@1.0?type=jar"
                    },
                    {"dependsOn": [], "ref": "pkg:maven/com.acme/tools@3.0?classifier=linux&type=jar"}
                  ],
                  "metadata": {
                    "component": {
                      "bom-ref": "pkg:maven/com.acme/fraud@1.0?type=jar",
                      "group": "com.acme",
                      "licenses": [{"license": {"id": "MIT"}}],
                      "name": "fraud",
                      "properties": [
                        {"name": "ml-maven-plugin:image", "value": "fraud:1.0"},
                        {
                          "name": "ml-maven-plugin:imageDigest",
                          "value": "sha256:<64 9>"
                        },
                        {"name": "ml-maven-plugin:platform", "value": "linux/amd64"}
                      ],
                      "purl": "pkg:maven/com.acme/fraud@1.0?type=jar",
                      "type": "application",
                      "version": "1.0"
                    },
                    "tools": {"components": [{"name": "ml-maven-plugin", "type": "application", "version": "0.1"}]}
                  },
                  "serialNumber": "urn:uuid:a56ac911-eca7-3fda-8346-14d2313c76c7",
                  "specVersion": "1.6",
                  "version": 1
                }
                """)));
        assertThat(Files.readString(file))
                .startsWith("{\n  \"bomFormat\" : \"")
                .endsWith("\n}\n")
                .doesNotContain("\r");
    }

    @Test
    void aBaseOfARegistryIsAContainerWithTheDigestOfTheImagesPlatform() throws IOException {
        JsonNode base = JSON.readTree(write(BomRequests.complete(TEMURIN)).toFile())
                .at("/components")
                .get(0);

        assertThat(base).isEqualTo(JSON.readTree("""
                {"bom-ref": "base", "type": "container", "name": "images.example:5000/base/java",
                 "version": "17-jre", "scope": "required",
                 "hashes": [{"alg": "SHA-256", "content": "%1$s"}],
                 "purl": "pkg:oci/java@sha256%%3A%1$s?arch=amd64&repository_url=images.example%%3A5000%%2Fbase%%2Fjava&tag=17-jre"}
                """.formatted("1".repeat(64))));
    }

    @Test
    void withoutAnImageThereIsNeitherBaseNorNatives() throws IOException {
        JsonNode bom = JSON.readTree(write(BomRequests.withoutImage()).toFile());

        assertThat(bom.at("/components"))
                .extracting(component -> component.get("bom-ref").textValue())
                .containsExactly(
                        "model:fraud@1.0",
                        "pkg:maven/com.acme/engine@2.0?type=jar",
                        "pkg:maven/com.acme/tools@3.0?classifier=linux&type=jar");
        assertThat(bom.at("/metadata/component").has("properties")).isFalse();
    }

    @Test
    void theSameRequestGivesTheSameBytesInAnyLocaleAndTimeZone() throws IOException {
        byte[] here = Files.readAllBytes(write(BomRequests.complete(JDK)));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(write(BomRequests.complete(JDK))).hasBinaryContent(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void theSerialNumberIsThatOfTheContent() throws IOException {
        String one = serial(BomRequests.complete(JDK));

        assertThat(one).isEqualTo(serial(BomRequests.complete(JDK)));
        assertThat(one).isNotEqualTo(serial(BomRequests.complete(TEMURIN)));
    }

    private String serial(BomRequest request) throws IOException {
        return JSON.readTree(write(request).toFile()).get("serialNumber").textValue();
    }

    private Path write(BomRequest request) throws IOException {
        Path file = folder.resolve("ml/bom.json");
        BomReport.write(file, request);
        assertThat(file.resolveSibling("")).isDirectoryNotContaining("glob:**.tmp");
        return file;
    }

    /** Digests, which are one digit all along. */
    private static String repeated(String text) {
        return Pattern.compile("<(\\d+) (.)>")
                .matcher(text)
                .replaceAll(match -> match.group(2).repeat(Integer.parseInt(match.group(1))));
    }
}
