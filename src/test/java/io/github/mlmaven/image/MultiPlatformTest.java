package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.reproduce.ImageLayout;
import io.github.mlmaven.image.target.ImageTargets;
import io.github.mlmaven.image.target.TargetSettings;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.FileDigests;
import io.github.mlmaven.model.Digest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One image for both platforms, on a base from a real registry that has a Java for each. */
class MultiPlatformTest {

    private static final Set<Platform> BOTH = Set.of(Platform.values());

    @TempDir
    static Path shared;

    private static LocalRegistry registry;
    private static BaseImage base;
    private static SampleProject project;
    private static ImageResult result;
    private static String pushed;

    @BeforeAll
    static void build() throws Exception {
        SampleProject.assumeLinuxAmd64();
        Tool.require("docker-registry", "--version");
        registry = LocalRegistry.open(shared);
        project = SampleProject.create(shared, "io.github.mlmaven.serving.ModelServer.run(AddSub.class, args);");
        base = pushBase();
        pushed = registry.image("acme/both:1.4.0");
        result = builder(new ArrayList<>())
                .build(request(project)
                        .targets(targets(project, "tar", "registry:" + pushed))
                        .build());
    }

    @AfterAll
    static void stop() {
        if (registry != null) {
            registry.close();
        }
    }

    /** The real Java of this machine for its platform, and something that stands for one for the other. */
    private static BaseImage pushBase() throws Exception {
        ImageRequest request = project.request().build();
        Files.createDirectories(project.workFolder());
        BaseImage.Jdk jdk = (BaseImage.Jdk) request.base();
        StoredLayer real = new JdkBase(jdk, Platform.LINUX_AMD64, request, Machine.current(), line -> {})
                .contents(
                        request,
                        ApplicationTree.assemble(request.content(), Platform.LINUX_AMD64, shared.resolve("app")),
                        new JibBase(
                                ImageName.parse(request.name()),
                                new ImageLabels(new TreeMap<>()),
                                shared,
                                RegistrySettings.NONE))
                .layers()
                .get(0);
        StoredLayer other = new LayerStore(shared.resolve("layers"), FileDigests.reading())
                .store(new Layer(
                        "base",
                        Layer.Compression.GZIP,
                        List.of(new LayerEntry.Text("/opt/java/bin/java", LayerEntry.EXECUTABLE, "a Java"))));
        OciImage both = OciImage.of(
                List.of(javaImage(Platform.LINUX_AMD64, real), javaImage(Platform.LINUX_ARM64, other)),
                Platform.LINUX_AMD64);
        String reference = registry.image("jre:17");
        targets(project, "registry:" + reference).get(0).put(both);

        BaseIdentity.Registry identity = BaseImages.resolve(reference, BOTH, RegistrySettings.NONE, false);
        SortedMap<Platform, Digest> digests = new TreeMap<>();
        identity.platforms()
                .forEach((platform, digest) -> digests.put(Platform.of(platform).orElseThrow(), digest));
        return new BaseImage.Registry(reference, digests);
    }

    private static OciImage javaImage(Platform platform, StoredLayer layer) throws Exception {
        ObjectNode config = new ObjectMapper().createObjectNode();
        config.put("architecture", platform.architecture()).put("os", platform.os());
        config.putObject("config").putArray("Env").add("JAVA_HOME=/opt/java").add("JAVA_VERSION=17.0.1");
        config.putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add(layer.diffId().toString());
        return OciImage.of("jre:17", platform, config, List.of(layer), new TreeMap<>());
    }

    private static List<ImageTarget> targets(SampleProject project, String... targets) throws Exception {
        TargetSettings settings = new TargetSettings(
                "acme/add-sub:1.4.0",
                false,
                "jdk",
                List.of(),
                new TarTarget(project.tar(), project.workFolder(), ImageProgress.NONE),
                Path::of,
                RegistrySettings.NONE,
                false,
                line -> {});
        return new ImageTargets(settings).of(List.of(targets));
    }

    private static ImageRequest.Builder request(SampleProject project) throws Exception {
        return project.request().base(base).platforms(BOTH);
    }

    private static ImageBuilder builder(List<String> log) {
        return new ImageBuilder(Machine.current(), log::add);
    }

    @Test
    void isAnIndexOfWhichEachManifestHasItsPlatform() throws Exception {
        ImageTar tar = new ImageTar(project.tar());
        JsonNode entry = tar.json("index.json").path("manifests");
        assertThat(entry).hasSize(1);
        assertThat(entry.at("/0/mediaType").asText()).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(entry.at("/0/digest").asText()).isEqualTo(result.digest().toString());
        JsonNode index = tar.blob(entry.path(0));
        assertThat(index.path("mediaType").asText()).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(index.path("manifests").findValuesAsText("architecture")).containsExactly("amd64", "arm64");
        for (PlatformImage image : result.images()) {
            JsonNode manifest = index.path("manifests").path(image.platform().ordinal());
            assertThat(manifest.path("digest").asText())
                    .isEqualTo(image.digest().toString());
            assertThat(tar.blob(tar.blob(manifest).path("config"))
                            .path("architecture")
                            .asText())
                    .isEqualTo(image.platform().architecture());
        }
    }

    @Test
    void eachPlatformHasItsOwnBaseAndNativesAndSharesTheRest() throws Exception {
        List<ImageLayer> amd64 = result.images().get(0).layers();
        List<ImageLayer> arm64 = result.images().get(1).layers();
        assertThat(arm64)
                .extracting(ImageLayer::name)
                .isEqualTo(amd64.stream().map(ImageLayer::name).toList());
        assertThat(arm64.get(0)).isNotEqualTo(amd64.get(0));
        assertThat(arm64.get(1)).isNotEqualTo(amd64.get(1));
        assertThat(arm64.subList(2, 5)).isEqualTo(amd64.subList(2, 5));
        // e_machine of the ELF header: x86-64 and AArch64.
        assertThat(machines("linux-amd64")).containsOnly(62);
        assertThat(machines("linux-arm64")).containsOnly(183);
    }

    private static Set<Integer> machines(String folder) throws Exception {
        Set<Integer> machines = new TreeSet<>();
        for (Path library : Folders.files(project.workFolder().resolve(folder).resolve("rootfs/app/native"))) {
            machines.add(Files.readAllBytes(library)[18] & 0xff);
        }
        return machines;
    }

    @Test
    void skopeoReadsItFromTheTarAndFromTheRegistry() throws Exception {
        Tool.require("skopeo", "--version");
        String tar = "oci-archive:" + project.tar();
        assertThat(DigestUtils.sha256Hex(Tool.run("skopeo", "inspect", "--raw", tar)))
                .isEqualTo(result.digest().hex());
        assertThat(DigestUtils.sha256Hex(
                        Tool.run("skopeo", "inspect", "--raw", "--tls-verify=false", "docker://" + pushed)))
                .isEqualTo(result.digest().hex());
        assertThat(result.pushed()).containsExactly(new Placement.Registry(List.of(pushed), result.digest()));
        Path copy = shared.resolve("copy");
        Tool.run("skopeo", "--insecure-policy", "copy", "--all", "--preserve-digests", tar, "dir:" + copy);
        assertThat(DigestUtils.sha256Hex(Files.readAllBytes(copy.resolve("manifest.json"))))
                .isEqualTo(result.digest().hex());
        for (PlatformImage image : result.images()) {
            assertThat(copy.resolve(image.digest().hex() + ".manifest.json")).exists();
        }
    }

    @Test
    void dockerRunsTheOneOfItsPlatform() throws Exception {
        Tool.require("docker", "info");
        Tool.run("docker", "load", "-i", project.tar().toString());
        assertThat(Tool.run("docker", "inspect", "--format", "{{.Id}} {{.Architecture}}", "acme/add-sub:1.4.0"))
                .isEqualTo(result.images().get(0).configDigest() + " amd64");
        try (Container container = Container.run("acme/add-sub:1.4.0")) {
            new Predictions(container.port()).areGolden("add-sub", Path.of("src/test/models/add-sub"));
            container.stopsCleanly();
        }
    }

    @Test
    void isTheSameElsewhereIsLeftAloneWhenNothingChangesAndHasWhatEachPlatformAloneHas(@TempDir Path folder)
            throws Exception {
        SampleProject again =
                SampleProject.create(folder, "io.github.mlmaven.serving.ModelServer.run(AddSub.class, args);");
        ImageRequest.Builder request = request(again).plugin(Files.writeString(folder.resolve("plugin.jar"), "1"));
        List<String> log = new ArrayList<>();
        ImageResult second = builder(log).build(request.build());
        assertThat(second.digest()).isEqualTo(result.digest());
        assertThat(second.images()).isEqualTo(result.images());
        assertThat(again.tar()).hasSameBinaryContentAs(project.tar());
        assertThat(log)
                .contains("Starting what was assembled for linux/amd64", "Starting what was assembled for linux/arm64");
        Path json = folder.resolve("image.json");
        ImageResultJson.write(second, json);
        assertThat(ImageLayout.read(again.tar(), json).layers()).isEqualTo(7);

        log.clear();
        assertThat(builder(log).build(request.build())).isEqualTo(second);
        assertThat(log).containsExactly("Nothing has changed since the image was built and tried");

        ImageResult alone = builder(log)
                .build(request.platforms(Set.of(Platform.LINUX_ARM64)).build());
        assertThat(alone.digest()).isEqualTo(result.images().get(1).digest());
        assertThat(again.workFolder().resolve("linux-arm64")).doesNotExist();
    }
}
