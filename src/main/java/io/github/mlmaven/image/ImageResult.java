package io.github.mlmaven.image;

import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import java.util.List;

/**
 * An image that was written.
 *
 * @param name its name with tag
 * @param digest of its manifest, or of the index where it is for several platforms
 * @param images what it is for each platform, sorted by platform, at least one
 * @param base what it is built on
 * @param smoke how it answered, for each platform in the same way
 * @param placements where it was put
 */
public record ImageResult(
        String name,
        Digest digest,
        List<PlatformImage> images,
        BaseIdentity base,
        SmokeResult smoke,
        List<Placement> placements)
        implements PlacedImage {

    public ImageResult {
        images = List.copyOf(images);
        placements = List.copyOf(placements);
    }

    /** What it runs on. */
    public List<Platform> platforms() {
        return images.stream().map(PlatformImage::platform).toList();
    }

    /** The command that runs it, once it is loaded. */
    public String runCommand() {
        return "docker run --rm -p 8080:8080 " + name;
    }
}
