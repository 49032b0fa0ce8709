package io.github.mlmaven.image;

import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.golden.Tolerances;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/** All that decides what an image holds and how it is tried, as one digest: equal digests, equal images. */
final class ImageInputs {

    private static final char END = '\n';

    private final StringBuilder text = new StringBuilder();

    private ImageInputs() {}

    /** The digest; empty where nobody says which plugin this is, so that another one may have written an earlier image. */
    static Optional<Digest> digest(ImageRequest request, Machine machine) throws IOException {
        Optional<Path> plugin = request.output().plugin();
        if (plugin.isEmpty()) {
            return Optional.empty();
        }
        ImageInputs inputs = new ImageInputs();
        inputs.add("plugin", request.digests().of(plugin.get()));
        inputs.add("machine", machine);
        inputs.add("java", System.getProperty("java.runtime.version") + " " + System.getProperty("java.vendor"));
        inputs.add("name", request.name());
        request.platforms().forEach(platform -> inputs.add("platform", platform));
        request.labels().forEach((label, value) -> inputs.add("label " + label, value));
        inputs.add(request.base(), request.platforms());
        inputs.add(request.content(), request);
        for (VerifiedModel model : request.content().models()) {
            inputs.add(model, request.smoke());
        }
        return Optional.of(new Digest(DigestUtils.sha256Hex(inputs.text.toString())));
    }

    private void add(BaseImage base, Collection<Platform> platforms) {
        BaseIdentity identity = base.identity(platforms);
        add("base", identity);
        if (base instanceof BaseImage.Jdk jdk) {
            jdk.identity().libraries().forEach((path, digest) -> add("library " + path, digest));
            add("modules", jdk.additionalModules());
        }
    }

    private void add(ImageRequest.Content content, ImageRequest request) throws IOException {
        add("main class", content.mainClass());
        add("release", content.javaRelease());
        var jars = request.digests()
                .of(content.classPath().stream().map(RuntimeArtifact::file).toList());
        content.classPath()
                .forEach(jar -> add(
                        (jar.module() ? "module " : "jar ") + jar.coordinates(),
                        Objects.requireNonNull(jars.get(jar.file()))));
        List<Path> files = Folders.files(content.classes()).stream()
                .filter(file -> !Folders.relative(content.classes(), file).startsWith(DescriptorJson.MODEL_RESOURCES))
                .toList();
        for (Path file : files) {
            // They change with every compilation, and are few: nothing is remembered of them.
            add("class " + Folders.relative(content.classes(), file), DigestUtils.sha256Hex(Files.readAllBytes(file)));
        }
    }

    private void add(VerifiedModel model, ImageRequest.Smoke smoke) {
        add(
                "model",
                model.name() + " " + model.version() + " "
                        + model.inspected().source().place());
        model.inspected().files().forEach(this::add);
        Tolerances tolerances = smoke.tolerances(model.name());
        add("tolerances", tolerances.otherwise());
        new TreeMap<>(tolerances.outputs()).forEach((output, tolerance) -> add("tolerance " + output, tolerance));
        model.golden().forEach(golden -> {
            add("golden", golden.name());
            golden.files().forEach(this::add);
        });
    }

    private void add(ModelFile file) {
        add("file " + file.path() + " " + file.size(), file.digest());
    }

    private void add(String what, Object value) {
        text.append(quoted(what))
                .append(' ')
                .append(quoted(String.valueOf(value)))
                .append(END);
    }

    /** So that no value can look like the next line. */
    private static String quoted(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + ":" + text;
    }
}
