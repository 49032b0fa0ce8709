package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.blob.Blob;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.registry.ManifestAndDigest;
import com.google.cloud.tools.jib.registry.RegistryClient;
import io.github.mlmaven.image.ImageLog;
import io.github.mlmaven.image.ImageProgress;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.LayoutManifest;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends an image to a registry (OCI distribution specification, "Push"): first the blobs that it does not have, then the
 * manifest under each tag; of an image for several platforms, their manifests by digest before the index that has the
 * tag. What arrived stays, so that a later push goes on where this one ended.
 */
public final class RegistryPush {

    private static final String BASE = "base";

    private final RegistryClient client;
    private final Attempts attempts;
    private final ImageLog log;
    private final ImageProgress progress;
    private final Optional<String> mountFrom;

    /**
     * @param connection the registry
     * @param attempts how often anything is tried
     * @param log where it is told what was sent
     * @param progress who watches while it is sent
     * @param mountFrom the repository of the same registry that has the layers of the base
     */
    public RegistryPush(
            RegistryConnection connection,
            Attempts attempts,
            ImageLog log,
            ImageProgress progress,
            Optional<String> mountFrom) {
        this.client = connection.client();
        this.attempts = attempts;
        this.log = log;
        this.progress = progress;
        this.mountFrom = mountFrom;
    }

    /**
     * Sends the image.
     *
     * @throws WrongDigestException when the registry says that it has another image now
     */
    void push(OciImage image, List<String> tags) throws IOException, RegistryException, InterruptedException {
        for (StoredLayer layer : image.layout().distinctLayers()) {
            // An upload that broke off cannot be gone on with: Jib may not send it a second time by itself.
            String what = "layer " + layer.name();
            Blob blob = Blobs.from(out -> layer.write(progress.watch("Sending " + what, layer.size(), out)), false);
            send(what, layer.digest(), layer.size(), blob, source(layer));
        }
        for (LayoutManifest manifest : image.layout().manifests()) {
            blob("configuration", manifest.config().digest(), manifest.config().content());
        }
        LayoutDocument root = image.layout().root();
        for (LayoutManifest manifest : image.layout().manifests()) {
            if (!manifest.document().equals(root)) {
                put(manifest.document(), manifest.document().digest().toString());
            }
        }
        for (String tag : tags) {
            put(root, tag);
        }
    }

    /**
     * Sends a blob that is in memory, unless it is there.
     *
     * @param what what it is, for the user
     */
    public void blob(String what, Digest digest, byte[] content)
            throws IOException, RegistryException, InterruptedException {
        send(what, digest, content.length, Blobs.from(out -> out.write(content), false), null);
    }

    private @Nullable String source(StoredLayer layer) {
        return layer.name().equals(BASE) ? mountFrom.orElse(null) : null;
    }

    private void send(String what, Digest digest, long size, Blob blob, @Nullable String source)
            throws IOException, RegistryException, InterruptedException {
        attempts.run(what, () -> {
            if (client.checkBlob(RegistryConnection.digest(digest)).isPresent()) {
                log.info("  " + what + ": there already");
                return false;
            }
            boolean mounted = client.pushBlob(RegistryConnection.digest(digest), blob, source, sent -> {});
            log.info("  " + what + ": " + (mounted ? "taken from " + source : "sent, " + megabytes(size)));
            return true;
        });
    }

    /** Puts a manifest or an index under a tag, or its digest, and reads back what is there then. */
    private void put(LayoutDocument document, String tag) throws IOException, RegistryException, InterruptedException {
        RawManifest manifest = new RawManifest(document.mediaType(), document.content());
        Digest digest = document.digest();
        attempts.run("manifest " + tag, () -> client.pushManifest(manifest, tag));
        Optional<ManifestAndDigest<?>> there = attempts.run(
                "manifest " + tag,
                () -> Optional.ofNullable(client.checkManifest(tag).orElse(null)));
        String found =
                there.map(ManifestAndDigest::getDigest).map(Object::toString).orElse("none");
        if (!found.equals(digest.toString())) {
            throw new WrongDigestException(tag, digest, found);
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
