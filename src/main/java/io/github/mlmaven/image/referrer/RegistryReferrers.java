package io.github.mlmaven.image.referrer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageLog;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.target.Attempts;
import io.github.mlmaven.image.target.PushFailure;
import io.github.mlmaven.image.target.RegistryConnection;
import io.github.mlmaven.image.target.RegistryPush;
import io.github.mlmaven.image.target.WrongDigestException;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attaches documents to an image in a registry (OCI distribution specification, "Pushing Manifests with Subject"). Where
 * the registry does not say that it lists them, a tag does.
 */
public final class RegistryReferrers {

    private final RegistrySettings registries;
    private final Attempts attempts;
    private final ImageLog log;

    /**
     * @param registries what the user says of registries
     * @param attempts how often anything is tried
     * @param log where it is told what was sent
     */
    public RegistryReferrers(RegistrySettings registries, Attempts attempts, ImageLog log) {
        this.registries = registries;
        this.attempts = attempts;
        this.log = log;
    }

    /**
     * Attaches them.
     *
     * @param image the image, which was pushed
     * @throws ImageException when the registry does not take one, or has something else in the place of their list
     */
    public Attached attach(Placement.Registry image, List<Attachment> attachments)
            throws ImageException, InterruptedException {
        ImageReference reference = reference(image);
        log.info("Attaching to " + repository(reference) + "@" + image.digest());
        String name = "attestations";
        try (RegistryConnection connection =
                RegistryConnection.open(reference, Optional.empty(), registries, attempts)) {
            RegistryPush push = new RegistryPush(connection, attempts, log, ImageProgress.NONE, Optional.empty());
            ObjectNode subject = subject(connection, reference, image.digest());
            List<Referrer> referrers = new ArrayList<>();
            List<Referrer> unlisted = new ArrayList<>();
            for (Attachment attachment : attachments) {
                name = attachment.name();
                Referrer referrer = Referrer.of(attachment, subject);
                referrers.add(referrer);
                if (!put(referrer, connection, push)
                        .equals(Optional.of(image.digest().toString()))) {
                    unlisted.add(referrer);
                }
            }
            ReferrerTag tag = new ReferrerTag(repository(reference), image.digest());
            name = "tag " + tag.name();
            if (!unlisted.isEmpty()) {
                list(unlisted, tag, connection);
            }
            return new Attached(
                    repository(reference),
                    image.digest(),
                    referrers.stream().map(Referrer::document).toList(),
                    unlisted.isEmpty() ? Optional.empty() : Optional.of(tag.name()));
        } catch (IOException | RegistryException e) {
            throw new PushFailure(reference, name).of(e);
        }
    }

    private ObjectNode subject(RegistryConnection connection, ImageReference reference, Digest image)
            throws ImageException, IOException, RegistryException, InterruptedException {
        byte[] manifest = attempts.run("manifest", () -> connection.manifest(image.toString()))
                .orElseThrow(() -> new ImageException(
                        FindingId.IMAGE_PUSH,
                        repository(reference) + "@" + image,
                        "the registry does not have the image any more, so nothing can be attached to it",
                        "Find out who deletes images there, and build again."));
        Digest found = Measured.of(out -> out.write(manifest)).digest();
        if (!found.equals(image)) {
            throw new WrongDigestException(image.toString(), image, found.toString());
        }
        return Referrer.subject(image, manifest);
    }

    private Optional<String> put(Referrer referrer, RegistryConnection connection, RegistryPush push)
            throws IOException, RegistryException, InterruptedException {
        LayoutDocument config = Referrer.config();
        push.blob("configuration", config.digest(), config.content());
        push.blob(
                referrer.attachment().name(),
                referrer.blob(),
                referrer.attachment().content());
        LayoutDocument manifest = referrer.manifest();
        return attempts.run(
                "manifest of " + referrer.attachment().name(),
                () -> connection.put(
                        OciLayout.MANIFEST,
                        manifest.content(),
                        manifest.digest().toString()));
    }

    private void list(List<Referrer> referrers, ReferrerTag tag, RegistryConnection connection)
            throws ImageException, IOException, RegistryException, InterruptedException {
        String what = "tag " + tag.name();
        LayoutDocument index = tag.with(referrers, attempts.run(what, () -> connection.manifest(tag.name())));
        attempts.run(what, () -> connection.put(OciLayout.INDEX, index.content(), tag.name()));
        Optional<byte[]> there = attempts.run(what, () -> connection.manifest(tag.name()));
        String found = there.isEmpty()
                ? "none"
                : Measured.of(out -> out.write(there.get())).digest().toString();
        if (!found.equals(index.digest().toString())) {
            throw new WrongDigestException(tag.name(), index.digest(), found);
        }
    }

    private static ImageReference reference(Placement.Registry image) {
        try {
            return ImageReference.parse(image.references().get(0));
        } catch (InvalidImageReferenceException e) {
            throw new IllegalArgumentException("was pushed under another name: " + image, e);
        }
    }

    private static String repository(ImageReference reference) {
        return reference.getRegistry() + "/" + reference.getRepository();
    }
}
