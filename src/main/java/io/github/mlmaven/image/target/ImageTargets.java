package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageTarget;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads where an image should go: {@code tar}, {@code oci:FOLDER}, {@code docker}, {@code registry[:NAME]}. */
public final class ImageTargets {

    private static final String TAR = "tar";
    private static final String DOCKER = "docker";
    private static final String OCI = "oci:";
    private static final String REGISTRY = "registry";
    private static final String EXPECTED = "tar, oci:FOLDER, docker, registry or registry:HOST/NAME[:TAG]";
    private static final String EXPECTED_OF_ARTIFACT = "tar, oci:FOLDER, registry or registry:HOST/NAME[:TAG]";
    private static final int TAG_LENGTH = 128;

    private final TargetSettings settings;
    private final Attempts attempts;

    /** With these settings. */
    public ImageTargets(TargetSettings settings) {
        this(settings, Attempts.waiting(settings.log()));
    }

    ImageTargets(TargetSettings settings, Attempts attempts) {
        this.settings = settings;
        this.attempts = attempts;
    }

    /**
     * The targets, each once; registries come last, so that nothing is published that could not be put elsewhere.
     *
     * @param targets as the user wrote them; nothing is the tar
     * @throws ImageException when one of them is none
     */
    public List<ImageTarget> of(List<String> targets) throws ImageException {
        Set<String> wanted = new LinkedHashSet<>();
        targets.stream().map(String::strip).filter(target -> !target.isEmpty()).forEach(wanted::add);
        List<ImageTarget> here = new ArrayList<>();
        List<ImageTarget> registries = new ArrayList<>();
        for (String target : wanted.isEmpty() ? Set.of(TAR) : wanted) {
            if (target.equals(REGISTRY) || target.startsWith(REGISTRY + ":")) {
                registries.add(registry(target));
            } else {
                here.add(local(target));
            }
        }
        here.addAll(registries);
        return here;
    }

    /**
     * The targets of an artifact, which Docker cannot load.
     *
     * @param targets as the user wrote them; nothing is the tar
     * @throws ImageException when one of them is none, or Docker
     */
    public List<ImageTarget> ofArtifact(List<String> targets) throws ImageException {
        if (targets.stream().map(String::strip).anyMatch(DOCKER::equals)) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_TARGET,
                    "ml.image.to",
                    "Docker cannot load an artifact",
                    EXPECTED_OF_ARTIFACT,
                    DOCKER,
                    "Leave docker out of ml.image.to, or set ml.image.kind to modelcar."));
        }
        return of(targets);
    }

    private ImageTarget local(String target) throws ImageException {
        if (target.equals(TAR)) {
            return settings.tar();
        }
        if (target.equals(DOCKER)) {
            return new DaemonTarget(settings.tar().progress());
        }
        if (target.startsWith(OCI) && target.length() > OCI.length()) {
            String folder = target.substring(OCI.length());
            try {
                return new LayoutTarget(
                        settings.resolve().apply(folder), folder, settings.tar().progress());
            } catch (InvalidPathException e) {
                throw unknown(target);
            }
        }
        throw unknown(target);
    }

    private static ImageException unknown(String target) {
        return new ImageException(Finding.of(
                FindingId.IMAGE_TARGET, "ml.image.to", "no such target", EXPECTED, target, "Correct ml.image.to."));
    }

    private ImageTarget registry(String target) throws ImageException {
        ImageReference named = reference(settings.name(), target);
        ImageReference image = target.equals(REGISTRY) ? own(named) : given(target, named);
        Set<String> tags = new LinkedHashSet<>();
        tags.add(image.getQualifier());
        for (String tag : settings.tags()) {
            if (!ImageReference.isValidTag(tag)) {
                throw new ImageException(Finding.of(
                        FindingId.IMAGE_NAME,
                        "ml.image.tags",
                        "not a tag",
                        "up to " + TAG_LENGTH + " letters, digits, '_', '.' and '-', the first of them neither '.' nor"
                                + " '-'",
                        tag,
                        "Correct ml.image.tags."));
            }
            tags.add(tag);
        }
        return new RegistryTarget(image, List.copyOf(tags), mountFrom(image), settings, attempts);
    }

    /** The image's own name; a project's artifactId is no name in a registry. */
    private ImageReference own(ImageReference named) throws ImageException {
        if (!settings.named()) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_NAME,
                    "ml.image.to",
                    "registry does not say where to push to",
                    "registry:HOST/NAME[:TAG], or HOST/NAME[:TAG] in ml.image.name",
                    "registry, and no ml.image.name",
                    "Set one of them, for example ml.image.name to registry.example.com/acme/" + settings.name()
                            + "."));
        }
        return named;
    }

    /** What is given; without a tag, it has that of the image's own name. */
    private static ImageReference given(String target, ImageReference named) throws ImageException {
        String name = target.substring(REGISTRY.length() + 1);
        ImageReference image = reference(name, target);
        boolean tagged = name.lastIndexOf(':') > name.lastIndexOf('/');
        return tagged ? image : image.withQualifier(named.getQualifier());
    }

    private static ImageReference reference(String name, String target) throws ImageException {
        try {
            ImageReference image = ImageReference.parse(name);
            if (image.getDigest().isEmpty()) {
                return image;
            }
        } catch (InvalidImageReferenceException e) {
            // Said below.
        }
        throw new ImageException(Finding.of(
                FindingId.IMAGE_NAME,
                "ml.image.to",
                "not the name of an image",
                "[HOST/]NAME[:TAG], the name in lower case and without a digest",
                name,
                "Correct " + (target.equals(REGISTRY) ? "ml.image.name" : "ml.image.to")
                        + ", for example to registry.example.com/acme/breast-cancer:1.4.0."));
    }

    /** The repository of the base, where it is in the same registry and not the very same. */
    private Optional<String> mountFrom(ImageReference image) {
        try {
            ImageReference base = ImageReference.parse(settings.base());
            boolean mountable = base.getRegistry().equals(image.getRegistry())
                    && !base.getRepository().equals(image.getRepository());
            return mountable ? Optional.of(base.getRepository()) : Optional.empty();
        } catch (InvalidImageReferenceException e) {
            return Optional.empty();
        }
    }
}
