package io.github.mlmaven.report.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.LockedModel;
import io.github.mlmaven.lock.Section;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceReportTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BaseIdentity JDK = new BaseIdentity.Jdk(
            "linux/amd64",
            "Acme",
            "17.0.9+9",
            digest('e'),
            new TreeMap<>(Map.of("/lib/x86_64-linux-gnu/libc.so.6", digest('0'))));
    private static final Run RUN =
            Run.of(ProvenanceReport.DEVELOPER_MACHINE, Map.of("maven", "3.9.9", "java", "17"), Optional.empty());

    @TempDir
    Path folder;

    @Test
    void theStatementTellsOfEverything() throws IOException {
        Path file = write(request(JDK, RUN));

        assertThat(JSON.readTree(file.toFile())).isEqualTo(JSON.readTree(repeated("""
                {
                  "_type": "https://in-toto.io/Statement/v1",
                  "subject": [
                    {
                      "name": "fraud:1.0",
                      "digest": {"sha256": "<64 9>"}
                    },
                    {
                      "name": "fraud-1.0.jar",
                      "digest": {"sha256": "<64 8>"}
                    }
                  ],
                  "predicateType": "https://slsa.dev/provenance/v1",
                  "predicate": {
                    "buildDefinition": {
                      "buildType": "https://mlmaven.github.io/ml-maven-plugin/build/v1",
                      "externalParameters": {"goals": ["clean", "package"], "profiles": ["release"], "properties": {"ml.locked": "true"}},
                      "internalParameters": {"engine": "onnxruntime 1.29.0", "javaRelease": 17, "serving": "ml-maven-plugin 0.1"},
                      "resolvedDependencies": [
                        {
                          "name": "source",
                          "uri": "git+https://[redacted]@git.example/fraud.git",
                          "digest": {"gitCommit": "<40 0>"}
                        },
                        {
                          "name": "base",
                          "uri": "pkg:generic/jdk@17.0.9%2B9",
                          "digest": {"sha256": "<64 e>"}
                        },
                        {
                          "name": "base/lib/x86_64-linux-gnu/libc.so.6",
                          "digest": {"sha256": "<64 0>"}
                        },
                        {
                          "name": "model/fraud/model.onnx",
                          "digest": {"sha256": "<64 a>"}
                        },
                        {
                          "name": "model/fraud/w/0.bin",
                          "digest": {"sha256": "<64 b>"}
                        },
                        {
                          "name": "golden/fraud/case.json",
                          "digest": {"sha256": "<64 c>"}
                        },
                        {
                          "name": "dependency/com.acme:engine:jar:linux",
                          "uri": "pkg:maven/com.acme/engine@2.0?classifier=linux&type=jar",
                          "digest": {"sha256": "<64 d>"}
                        },
                        {"name": "dependency/com.acme:sibling:jar", "uri": "pkg:maven/com.acme/sibling?type=jar"},
                        {
                          "name": "plugin-dependency/com.acme:shared:jar",
                          "uri": "pkg:maven/com.acme/shared@1.1?type=jar",
                          "digest": {"sha256": "<64 1>"}
                        },
                        {
                          "name": "plugin/com.acme:builder:jar",
                          "uri": "pkg:maven/com.acme/builder@3.0?type=jar",
                          "digest": {"sha256": "<64 f>"}
                        },
                        {
                          "name": "pom/com.acme:parent:pom",
                          "uri": "pkg:maven/com.acme/parent@7?type=pom",
                          "digest": {"sha256": "<64 2>"}
                        }
                      ]
                    },
                    "runDetails": {
                      "builder": {
                        "id": "https://mlmaven.github.io/ml-maven-plugin/builder/developer-machine",
                        "version": {"java": "17", "maven": "3.9.9"}
                      },
                      "byproducts": [
                        {
                          "name": "bom.json",
                          "digest": {"sha256": "<64 7>"}
                        }
                      ]
                    }
                  }
                }
                """)));
        assertThat(Files.readString(file))
                .startsWith("{\n  \"_type\" : \"")
                .endsWith("\n}\n")
                .doesNotContain("\r");
    }

    @Test
    void aBaseOfARegistryIsPinnedForEveryPlatform() throws IOException {
        BaseIdentity base = BaseIdentity.Registry.of(
                "images.example/java:17", Map.of("linux/amd64", digest('1'), "linux/arm64", digest('2')));

        JsonNode materials =
                JSON.readTree(write(request(base, RUN)).toFile()).at("/predicate/buildDefinition/resolvedDependencies");

        assertThat(materials.get(1)).isEqualTo(JSON.readTree("""
                {"name": "base/linux/amd64", "digest": {"sha256": "%1$s"},
                 "uri": "pkg:oci/java@sha256%%3A%1$s?arch=amd64&repository_url=images.example%%2Fjava&tag=17"}
                """.formatted("1".repeat(64))));
        assertThat(materials.get(2).get("name").textValue()).isEqualTo("base/linux/arm64");
    }

    @Test
    void withoutAnImageThereIsNoBase() throws IOException {
        JsonNode materials = JSON.readTree(
                        write(request(new BaseIdentity.None(), RUN)).toFile())
                .at("/predicate/buildDefinition/resolvedDependencies");

        assertThat(materials.findValuesAsText("name"))
                .contains("model/fraud/model.onnx")
                .noneMatch(name -> name.startsWith("base"));
    }

    @Test
    void whereTheSameBuildRunsAgainOnlyTheDetailsOfTheRunDiffer() throws IOException {
        JsonNode here = JSON.readTree(write(request(JDK, RUN)).toFile());
        JsonNode there = JSON.readTree(write(request(
                        JDK, Run.of("https://ci.example", Map.of("maven", "4", "java", "25"), Optional.of("job/17"))))
                .toFile());

        assertThat(there.at("/predicate/buildDefinition")).isEqualTo(here.at("/predicate/buildDefinition"));
        assertThat(there.at("/predicate/runDetails/metadata"))
                .isEqualTo(JSON.readTree("{\"invocationId\": \"job/17\"}"));
        assertThat(here.at("/predicate/runDetails").has("metadata")).isFalse();
    }

    @Test
    void theSameRequestGivesTheSameBytesInAnyLocaleAndTimeZone() throws IOException {
        byte[] here = Files.readAllBytes(write(request(JDK, RUN)));
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(write(request(JDK, RUN))).hasBinaryContent(here);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void noRepositoryAndNoSecretIsInIt() throws IOException {
        assertThat(write(request(JDK, RUN))).content().doesNotContain("hunter2", "our-mirror");
    }

    @Test
    void aStatementAboutNothingIsNone() {
        ProvenanceRequest request = request(JDK, RUN);
        assertThatThrownBy(() -> new ProvenanceRequest(
                        List.of(), request.invocation(), request.source(), request.lock(), RUN, List.of()))
                .hasMessage("a statement is about something");
    }

    private static ProvenanceRequest request(BaseIdentity base, Run run) {
        Invocation invocation = Invocation.of(
                List.of("clean", "package"),
                List.of("release"),
                Map.of("ml.locked", "true", "ml.token", "hunter2"),
                new Redaction(Path.of("build")));
        LockedModel model = new LockedModel(
                ModelFormat.ONNX,
                new TreeMap<>(Map.of("ai.onnx", 15L)),
                List.of(new ModelFile("model.onnx", 1, digest('a')), new ModelFile("w/0.bin", 2, digest('b'))),
                new Contract(List.of(), List.of()),
                List.of(new ModelFile("case.json", 3, digest('c'))));
        Lock lock = new Lock(
                17,
                "onnxruntime 1.29.0",
                "ml-maven-plugin 0.1",
                base,
                new TreeMap<>(),
                new TreeMap<>(),
                new TreeMap<>(Map.of("fraud", model)),
                Map.of(
                        Section.DEPENDENCIES,
                        List.of(
                                fetched(new ArtifactKey("com.acme", "engine", "jar", "linux"), "2.0", "runtime", 'd'),
                                new LockedArtifact.Sibling(
                                        LockedArtifact.Id.of(ArtifactKey.jar("com.acme", "sibling")), "compile")),
                        Section.PLUGINS,
                        List.of(fetched(ArtifactKey.jar("com.acme", "builder"), "3.0", "", 'f')),
                        Section.PLUGIN_DEPENDENCIES,
                        List.of(of("com.acme:builder"), of("com.acme:other")),
                        Section.POMS,
                        List.of(fetched(new ArtifactKey("com.acme", "parent", "pom", ""), "7", "", '2'))));
        return new ProvenanceRequest(
                List.of(new Product("fraud:1.0", digest('9')), new Product("fraud-1.0.jar", digest('8'))),
                invocation,
                Optional.of(new SourceCommit("0".repeat(40), Optional.of("https://me:hunter2@git.example/fraud.git"))),
                lock,
                run,
                List.of(new Product("bom.json", digest('7'))));
    }

    private static LockedArtifact fetched(ArtifactKey key, String version, String scope, char digit) {
        return new LockedArtifact.Fetched(LockedArtifact.Id.of(key), version, scope, digest(digit), "our-mirror");
    }

    private static LockedArtifact of(String plugin) {
        return new LockedArtifact.Fetched(
                new LockedArtifact.Id(ArtifactKey.jar("com.acme", "shared"), plugin, ""),
                "1.1",
                "",
                digest('1'),
                "our-mirror");
    }

    private Path write(ProvenanceRequest request) throws IOException {
        Path file = folder.resolve("ml/provenance.json");
        ProvenanceReport.write(file, request);
        return file;
    }

    private static Digest digest(char digit) {
        return new Digest(String.valueOf(digit).repeat(64));
    }

    /** Digests, which are one digit all along. */
    private static String repeated(String text) {
        return Pattern.compile("<(\\d+) (.)>")
                .matcher(text)
                .replaceAll(match -> match.group(2).repeat(Integer.parseInt(match.group(1))));
    }
}
