package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.serving.BusyClients;
import io.github.mlmaven.serving.GoldenFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real server in a real image, read and run by the programs that people use. */
class DockerTest {

    private static final Path GOLDEN = Path.of("src/test/models/add-sub");
    private static final String BASE = "acme/docker-test-base:17";
    private static final int CLIENTS = 4;
    private static final int REQUESTS = 500;
    private static final String MODEL = "/v2/models/add-sub/versions/1.4.0";

    /** An entrypoint that serves, or that tells what it finds in the container. */
    private static final String FACTS_OR_SERVER = """
            if (args.length == 0) {
                io.github.mlmaven.serving.ModelServer.run(AddSub.class, args);
                return;
            }
            var trusted = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
            trusted.init((java.security.KeyStore) null);
            var authorities = ((javax.net.ssl.X509TrustManager) trusted.getTrustManagers()[0]).getAcceptedIssuers();
            System.out.println("zone " + java.time.ZonedDateTime.now().getOffset());
            System.out.println("summer in Lima and Berlin "
                    + java.time.LocalDate.of(2026, 1, 1).atStartOfDay(java.time.ZoneId.of("America/Lima")).getOffset()
                    + java.time.LocalDate.of(2026, 7, 1).atStartOfDay(java.time.ZoneId.of("Europe/Berlin")).getOffset());
            System.out.println("locale " + java.util.Locale.getDefault().getLanguage());
            System.out.println("names of files " + System.getProperty("sun.jnu.encoding"));
            System.out.println("charset " + java.nio.charset.Charset.defaultCharset() + " é");
            System.out.println("localhost " + java.net.InetAddress.getByName("localhost").isLoopbackAddress());
            System.out.println("authorities " + (authorities.length > 50));
            System.out.println("elliptic curves " + java.security.KeyPairGenerator.getInstance("EC").getAlgorithm());
            System.out.println("processors " + Runtime.getRuntime().availableProcessors());
            System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20 <= 192));
            System.out.println("writable " + new java.io.File("/").canWrite() + " "
                    + new java.io.File("/app").canWrite() + " " + new java.io.File("/tmp").canWrite());
            """;

    @TempDir
    static Path shared;

    private static SampleProject project;
    private static ImageResult result;
    private static LocalRegistry registry;

    @BeforeAll
    static void build() throws Exception {
        project = SampleProject.create(shared, FACTS_OR_SERVER, model());
        result = new ImageBuilder(Machine.current(), line -> {})
                .build(project.request().build());
    }

    @Test
    void skopeoReadsTheOciLayout() throws Exception {
        Tool.require("skopeo", "--version");
        JsonNode image = json(Tool.run("skopeo", "inspect", "oci-archive:" + project.tar()));
        assertThat(image.path("Digest").asText()).isEqualTo(result.digest().toString());
        assertThat(image.path("Os").asText() + "/" + image.path("Architecture").asText())
                .isEqualTo(result.platforms().get(0).toString());
        Tool.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "oci-archive:" + project.tar() + ":acme/add-sub:1.4.0",
                "oci:" + shared.resolve("copied") + ":x");
    }

    @Test
    void skopeoReadsTheDockerArchive() throws Exception {
        Tool.require("skopeo", "--version");
        JsonNode image = json(Tool.run("skopeo", "inspect", "docker-archive:" + project.tar()));
        assertThat(image.path("Layers")).hasSize(result.images().get(0).layers().size());
        Tool.run(
                "skopeo",
                "--insecure-policy",
                "copy",
                "docker-archive:" + project.tar(),
                "dir:" + shared.resolve("unpacked"));
    }

    /** Whatever the base, names of the model's files beyond ASCII included. */
    @ParameterizedTest
    @ValueSource(strings = {"jdk", "registry", "tar", "docker"})
    void dockerRunsItOnEveryBaseWithLittleMemoryAndLosesNoRequestAtItsEnd(String kind) throws Exception {
        Tool.require("docker", "info");
        SampleProject built = project;
        ImageResult image = result;
        if (!kind.equals("jdk")) {
            built = SampleProject.create(shared.resolve(kind), FACTS_OR_SERVER, model());
            image = new ImageBuilder(Machine.current(), line -> {})
                    .build(built.request().base(base(kind)).build());
        }
        assertThat(Tool.run("docker", "load", "-i", built.tar().toString()))
                .contains("Loaded image: acme/add-sub:1.4.0");
        assertThat(Tool.run("docker", "inspect", "--format", "{{.Id}}", "acme/add-sub:1.4.0"))
                .isEqualTo(image.images().get(0).configDigest().toString());
        try (Container container = Container.run("acme/add-sub:1.4.0", "--memory=256m")) {
            assertThat(json(new String(container.client().get(MODEL), StandardCharsets.UTF_8))
                            .path("name")
                            .asText())
                    .isEqualTo("add-sub");
            new Predictions(container.port()).areGolden("add-sub", GOLDEN);
            byte[] request = InferenceJson.request(GoldenFiles.read(GOLDEN.resolve("test_data_set_0"), "input"));
            try (BusyClients clients = BusyClients.ask(container.port(), MODEL + "/infer", request, CLIENTS)) {
                clients.awaitAnswers(REQUESTS);
                container.stopsCleanly();
                assertThat(clients.answered()).isGreaterThan(REQUESTS);
            }
        }
    }

    private static BaseImage base(String kind) throws Exception {
        Path saved = JavaBase.of(project.tar(), BASE, shared.resolve("base.tar"));
        LocalImage file = LocalImage.of("tar://base.tar", shared).orElseThrow();
        if (kind.equals("tar")) {
            return local(file);
        }
        Tool.run("docker", "load", "-i", saved.toString());
        if (kind.equals("docker")) {
            return local(LocalImage.of("docker://" + BASE, shared).orElseThrow());
        }
        Tool.require("docker-registry", "--version");
        registry = LocalRegistry.open(shared);
        String name = registry.image("acme/jre:17");
        Tool.run("docker", "tag", BASE, name);
        Tool.run("docker", "push", name);
        Tool.run("docker", "rmi", name);
        BaseIdentity.Registry pushed = BaseImages.resolve(name, result.platforms(), RegistrySettings.NONE, false);
        return BaseImage.Registry.of(name, result.platforms().get(0), digest(pushed));
    }

    private static BaseImage local(LocalImage image) throws Exception {
        return new BaseImage.Local(
                image, digest(BaseImages.identify(image, result.platforms().get(0))));
    }

    private static Digest digest(BaseIdentity.Registry base) {
        return base.platforms().get(result.platforms().get(0).toString());
    }

    /** Without a locale of UTF-8, this JVM cannot make such files. */
    private static Map<String, byte[]> model() throws Exception {
        return System.getProperty("sun.jnu.encoding").equals("UTF-8")
                ? ForeignNames.files()
                : Map.of("model.onnx", Files.readAllBytes(GOLDEN.resolve("model.onnx")));
    }

    @AfterAll
    static void forget() throws Exception {
        if (registry != null) {
            registry.close();
        }
        new ProcessBuilder("docker", "rmi", "-f", BASE).start().waitFor();
    }

    @Test
    void theContainerHasWhatJavaExpectsAndTheHeapAndTheThreadsFollowItsLimits() throws Exception {
        Tool.require("docker", "info");
        Tool.run("docker", "load", "-i", project.tar().toString());
        String output = Container.output("--memory=256m", "--cpus=1", "acme/add-sub:1.4.0", "facts");
        assertThat(output.lines())
                .containsExactly(
                        "zone Z",
                        "summer in Lima and Berlin -05:00+02:00",
                        "locale en",
                        "names of files UTF-8",
                        "charset UTF-8 é",
                        "localhost true",
                        "authorities true",
                        "elliptic curves EC",
                        "processors 1",
                        "heap true",
                        "writable false false false");
        assertThat(Container.output("--env=TZ=Asia/Kathmandu", "acme/add-sub:1.4.0", "facts"))
                .startsWith("zone +05:45\n");
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
