package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.registry.RegistryServer;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A repository in a registry, and the tags that the image has there. */
final class RegistryTarget implements ImageTarget {

    private final ImageReference image;
    private final List<String> tags;
    private final Optional<String> mountFrom;
    private final TargetSettings settings;
    private final Attempts attempts;

    /**
     * @param image its name there
     * @param tags the tag of that name, and further ones
     * @param mountFrom the repository of the base, where it is in the same registry
     * @param settings what the user says
     * @param attempts how often anything is tried
     */
    RegistryTarget(
            ImageReference image,
            List<String> tags,
            Optional<String> mountFrom,
            TargetSettings settings,
            Attempts attempts) {
        this.image = image;
        this.tags = List.copyOf(tags);
        this.mountFrom = mountFrom;
        this.settings = settings;
        this.attempts = attempts;
    }

    @Override
    public void check() throws ImageException, IOException, InterruptedException {
        if (settings.offline()) {
            throw new ImageException(
                    FindingId.IMAGE_PUSH,
                    image.toString(),
                    "the image should be pushed to a registry, and the build is offline",
                    "Build without -o, or with -Dml.image.to=tar.");
        }
        Optional<RegistryServer> server = registries().server(image);
        if (server.isPresent() && server.get().encrypted()) {
            throw new ImageException(
                    FindingId.IMAGE_PUSH,
                    image.toString(),
                    "Maven cannot decrypt the password of the server "
                            + server.get().host() + " in settings.xml",
                    "Check settings-security.xml, and encrypt the password with mvn --encrypt-password.");
        }
        open().close();
    }

    @Override
    public Placement put(OciImage built) throws ImageException, IOException, InterruptedException {
        settings.log().info("Pushing to " + image);
        try (RegistryConnection connection = open()) {
            new RegistryPush(
                            connection, attempts, settings.log(), settings.tar().progress(), mountFrom)
                    .push(built, tags);
        } catch (IOException | RegistryException e) {
            throw new PushFailure(image).of(e);
        }
        return new Placement.Registry(references(), built.digest());
    }

    private List<String> references() {
        return tags.stream().map(tag -> repository() + ":" + tag).toList();
    }

    private String repository() {
        return image.getRegistry() + "/" + image.getRepository();
    }

    /** The repository and its tags. */
    @Override
    public String toString() {
        return repository() + " " + tags;
    }

    private RegistrySettings registries() {
        return settings.registries();
    }

    private RegistryConnection open() throws ImageException, InterruptedException {
        try {
            return RegistryConnection.open(image, mountFrom, registries(), attempts);
        } catch (IOException | RegistryException e) {
            throw new PushFailure(image).of(e);
        }
    }
}
