package io.github.mlmaven.jib;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.MavenProcess;
import io.github.mlmaven.image.smoke.ServerClient;
import io.github.mlmaven.image.smoke.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real jib-maven-plugin with the extension, from scratch, so that no registry is asked. */
class JibExtensionIT {

    private static final Path MODEL = Path.of("src/test/models/add-sub");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Path project;
    private static MavenProcess built;

    @BeforeAll
    static void build() throws Exception {
        project = project();
        built = maven("package");
        assertThat(built.exit()).as(built.output()).isZero();
    }

    @Test
    void jibsImageHasTheVerifiedModelAndTheNativesOfOnePlatform() throws Exception {
        assertThat(built.output())
                .contains("Model shop 1.0 for linux/amd64 goes into the image as it was verified; the image itself is"
                        + " not tried");
        JibTar image = new JibTar(project.resolve("target/jib-image.tar"));
        List<Map<String, byte[]>> layers = image.layers();
        assertThat(layers.get(0).keySet())
                .containsExactly("app/native/libonnxruntime.so", "app/native/libonnxruntime4j_jni.so");
        List<String> paths =
                layers.stream().flatMap(layer -> layer.keySet().stream()).toList();
        assertThat(paths)
                .contains(
                        "app/libs/ml-maven-plugin-" + System.getProperty("plugin.version") + "-serving.jar",
                        "app/model/shop/1.0/model.onnx",
                        "app/resources/META-INF/ml/models.json",
                        "app/classes/com/acme/ShopServer.class")
                .noneMatch(path -> path.contains("META-INF/ml/model/"));
        byte[] model = layers.stream()
                .map(layer -> layer.get("app/model/shop/1.0/model.onnx"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        assertThat(Arrays.equals(model, Files.readAllBytes(MODEL.resolve("model.onnx"))))
                .isTrue();
        assertThat(image.entrypoint())
                .startsWith("java", "-XX:MaxRAMPercentage=75")
                .contains("-Donnxruntime.native.path=/app/native", "-Dml.model.path=/app/model")
                .endsWith("-Dshop.flag=1", "-cp", "@/app/jib-classpath-file", "com.acme.ShopServer");
        assertThat(image.config().path("User").asText()).isEqualTo("65532:65532");
        assertThat(image.config()
                        .path("Labels")
                        .path("org.opencontainers.image.title")
                        .asText())
                .isEqualTo("shop");
        serves(image);
    }

    @Test
    void aGoalOfJibThatIsCalledByHandIsRefused() throws Exception {
        MavenProcess byHand = maven("com.google.cloud.tools:jib-maven-plugin:buildTar");
        assertThat(byHand.exit()).isEqualTo(1);
        assertThat(byHand.output())
                .contains("ML-IMAGE-CONTENT: shop: the models were not verified in this build; expected the goal"
                        + " ml:embed before Jib's in the same build, found none. Run a phase from package on, for"
                        + " example `mvn package`, with the goals verify, lock and embed of ml-maven-plugin bound before"
                        + " Jib's.");
    }

    /** The other images without our base, in the same build so that Maven is not started once more. */
    @Test
    void theGoalImageWritesTheModelsAlone() throws Exception {
        assertThat(built.output())
                .contains("Image of models shop:1.0")
                .contains("Wrote target/car.tar; nothing in it runs. Put it into a registry with")
                .contains("ModelPack artifact shop:1.0")
                .contains("skopeo copy --preserve-digests oci-archive:target/pack.tar docker://REGISTRY/shop:1.0");
        assertThat(project.resolve("target/car.tar")).exists();
        assertThat(project.resolve("target/pack.tar")).exists();
        JsonNode told = new ObjectMapper()
                .readTree(project.resolve("target/ml/image.json").toFile());
        assertThat(told.path("kind").asText()).isEqualTo("modelpack");
        assertThat(Files.readString(project.resolve("target/ml/provenance.json")))
                .contains(told.path("digest").asText().substring("sha256:".length()));
        assertThat(built.output())
                .contains("Wrote the OCI layout target/pack")
                .contains("Attached to target/pack@" + told.path("digest").asText());
        JsonNode index = new ObjectMapper()
                .readTree(project.resolve("target/pack/index.json").toFile());
        assertThat(index.path("manifests").findValuesAsText("artifactType"))
                .containsExactly(
                        "application/vnd.cncf.model.manifest.v1+json",
                        "application/vnd.cyclonedx+json",
                        "application/vnd.in-toto+json",
                        "application/vnd.io.github.mlmaven.verify-report.v1+json");
    }

    /** What the image runs, on this machine: only the paths are others. */
    private static void serves(JibTar image) throws Exception {
        Path root = folder.resolve("root");
        image.unpack(root);
        Path arguments = root.resolve("app/jib-classpath-file");
        Files.writeString(arguments, here(Files.readString(arguments), root));
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        image.entrypoint().stream().skip(1).map(word -> here(word, root)).forEach(command::add);
        Path log = folder.resolve("server.log");
        try (ServerProcess server =
                ServerProcess.start(command, Map.of("PORT", "0", "ORT_DISABLE_TELEMETRY", "1"), log)) {
            ServerClient client = new ServerClient(server.awaitReady(PATIENCE), PATIENCE);
            assertThat(new String(client.get("/v2/models/shop/versions/1.0"), StandardCharsets.UTF_8))
                    .contains("\"name\":\"shop\"");
            server.stop(PATIENCE);
        }
    }

    private static String here(String text, Path root) {
        return text.replace("/app/", root + "/app/");
    }

    private static Path project() throws Exception {
        Path root = Files.createDirectory(folder.resolve("project"));
        copy(MODEL.resolve("model.onnx"), root.resolve("src/main/model/model.onnx"));
        try (Stream<Path> files = Files.list(MODEL.resolve("test_data_set_0"))) {
            for (Path file : files.toList()) {
                copy(file, root.resolve("src/test/model").resolve(MODEL.relativize(file)));
            }
        }
        Files.writeString(root.resolve("pom.xml"), """
                <project>
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>com.acme</groupId>
                  <artifactId>shop</artifactId>
                  <version>1.0</version>
                  <packaging>ml-model</packaging>
                  <properties>
                    <ml.image.base>jdk</ml.image.base>
                    <ml.image.skip>true</ml.image.skip>
                  </properties>
                  <build><plugins>
                    <plugin>
                      <groupId>io.github.mlmaven</groupId>
                      <artifactId>ml-maven-plugin</artifactId>
                      <version>%1$s</version>
                      <extensions>true</extensions>
                      <executions>
                        <execution>
                          <id>car</id>
                          <goals><goal>image</goal></goals>
                          <configuration>
                            <skipImage>false</skipImage>
                            <imageKind>modelcar</imageKind>
                            <imageTar>${project.build.directory}/car.tar</imageTar>
                          </configuration>
                        </execution>
                        <execution>
                          <id>pack</id>
                          <goals><goal>image</goal></goals>
                          <configuration>
                            <skipImage>false</skipImage>
                            <imageKind>modelpack</imageKind>
                            <imageTar>${project.build.directory}/pack.tar</imageTar>
                            <to><target>tar</target><target>oci:target/pack</target></to>
                          </configuration>
                        </execution>
                        <execution>
                          <id>all-attested</id>
                          <goals><goal>attest</goal></goals>
                        </execution>
                      </executions>
                    </plugin>
                    <plugin>
                      <groupId>com.google.cloud.tools</groupId>
                      <artifactId>jib-maven-plugin</artifactId>
                      <version>3.5.2</version>
                      <dependencies>
                        <dependency>
                          <groupId>io.github.mlmaven</groupId>
                          <artifactId>ml-maven-plugin</artifactId>
                          <version>%1$s</version>
                          <exclusions>
                            <exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion>
                          </exclusions>
                        </dependency>
                      </dependencies>
                      <configuration>
                        <from><image>scratch</image></from>
                        <to><image>acme/shop</image></to>
                        <container><jvmFlags><jvmFlag>-Dshop.flag=1</jvmFlag></jvmFlags></container>
                        <pluginExtensions>
                          <pluginExtension>
                            <implementation>io.github.mlmaven.jib.ModelExtension</implementation>
                          </pluginExtension>
                        </pluginExtensions>
                      </configuration>
                      <executions>
                        <execution><phase>package</phase><goals><goal>buildTar</goal></goals></execution>
                      </executions>
                    </plugin>
                  </plugins></build>
                </project>
                """.formatted(System.getProperty("plugin.version")));
        return root;
    }

    private static MavenProcess maven(String... goals) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "-Dmaven.repo.local=" + folder.resolve("local"),
                "-Dmaven.repo.local.tail=" + System.getProperty("local.repository"),
                "-Dml.verify.latency.skip",
                "-Djib.applicationCache=" + folder.resolve("jib"),
                "-Djib.baseImageCache=" + folder.resolve("jib-base"),
                "-Djib.disableUpdateChecks=true"));
        arguments.addAll(List.of(goals));
        return MavenProcess.run(
                project,
                Map.of("CI", "false", "MAVEN_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
                arguments.toArray(String[]::new));
    }

    private static void copy(Path from, Path to) throws Exception {
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(from, to);
    }
}
