package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real server in a real image, read and run by the programs that people use. */
class DockerTest {

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

    @BeforeAll
    static void build() throws Exception {
        project = SampleProject.create(shared, FACTS_OR_SERVER);
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

    @Test
    void dockerRunsItOnAReadOnlyRootAndStopsItCleanly() throws Exception {
        Tool.require("docker", "info");
        assertThat(Tool.run("docker", "load", "-i", project.tar().toString()))
                .contains("Loaded image: acme/add-sub:1.4.0");
        assertThat(Tool.run("docker", "inspect", "--format", "{{.Id}}", "acme/add-sub:1.4.0"))
                .isEqualTo(result.images().get(0).configDigest().toString());
        try (Container container = Container.run("acme/add-sub:1.4.0")) {
            assertThat(json(new String(container.client().get(MODEL), StandardCharsets.UTF_8))
                            .path("name")
                            .asText())
                    .isEqualTo("add-sub");
            new Predictions(container.port()).areGolden("add-sub", Path.of("src/test/models/add-sub"));
            container.stopsCleanly();
        }
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
