package io.github.mlmaven.report;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Package URLs: what a thing is, and of an artifact never where a build got it from.
 *
 * @see <a href="https://github.com/package-url/purl-spec">The specification</a>
 */
public final class Purl {

    private Purl() {}

    /** An artifact of a version. */
    public static String maven(ArtifactKey key, String version) {
        return artifact(key, version);
    }

    /** An artifact whose version nothing depends on. */
    public static String maven(ArtifactKey key) {
        return artifact(key, null);
    }

    /**
     * An image that another is built on. One of the machine has no package URL of its own type, which is for manifests.
     *
     * @param base the image
     * @param platform which of its platforms
     */
    public static String base(BaseIdentity.Registry base, String platform) {
        Digest digest = Objects.requireNonNull(base.platforms().get(platform), platform);
        return base.local()
                ? generic(OciReference.of(base.reference()).name(), digest.toString())
                : oci(base.reference(), digest, platform.substring(platform.lastIndexOf('/') + 1));
    }

    /**
     * An image in a registry.
     *
     * @param reference its name as the user wrote it
     * @param digest of its manifest
     * @param architecture what it runs on, as the OCI image specification names it
     */
    public static String oci(String reference, Digest digest, String architecture) {
        OciReference parts = OciReference.of(reference);
        SortedMap<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("arch", architecture);
        parts.tag().ifPresent(tag -> qualifiers.put("tag", tag));
        if (!parts.repository().equals(parts.name())) {
            qualifiers.put("repository_url", parts.repository());
        }
        return purl("oci", null, parts.name(), digest.toString(), qualifiers);
    }

    /** What no type of package URL fits. */
    public static String generic(String name, String version) {
        return purl("generic", null, name, version, new TreeMap<>());
    }

    private static String artifact(ArtifactKey key, @Nullable String version) {
        SortedMap<String, String> qualifiers = new TreeMap<>();
        qualifiers.put("type", key.extension());
        if (!key.classifier().isEmpty()) {
            qualifiers.put("classifier", key.classifier());
        }
        return purl("maven", key.groupId(), key.artifactId(), version, qualifiers);
    }

    private static String purl(
            String type,
            @Nullable String namespace,
            String name,
            @Nullable String version,
            SortedMap<String, String> qualifiers) {
        try {
            return new PackageURL(type, namespace, name, version, new TreeMap<>(qualifiers), null).canonicalize();
        } catch (MalformedPackageURLException e) {
            throw new IllegalArgumentException("no package URL for " + name + ": " + e.getMessage(), e);
        }
    }
}
