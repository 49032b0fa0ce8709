package io.github.mlmaven.mojo.stage;

import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.Platform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** What an image should run on, as the user wrote it. */
public final class ImagePlatforms {

    private static final String PROPERTY = "ml.image.platform";

    private ImagePlatforms() {}

    /**
     * Each platform once, sorted, so that the image does not depend on how they were written.
     *
     * @param names as Maven has them: an element without content is none
     * @throws MojoFailureException when one of them is none, or there are none
     */
    public static SortedSet<Platform> of(List<@Nullable String> names) throws MojoFailureException {
        SortedSet<Platform> platforms = new TreeSet<>();
        List<String> unknown = new ArrayList<>();
        for (String name : names) {
            String written = name == null ? "" : name.strip();
            Platform.of(written)
                    .ifPresentOrElse(platform -> platforms.add(platform), () -> unknown.add('"' + written + '"'));
        }
        if (!unknown.isEmpty() || platforms.isEmpty()) {
            throw new MojoFailureException(PROPERTY + ": expected one of " + Arrays.toString(Platform.values())
                    + ", found " + (unknown.isEmpty() ? "none" : String.join(" and ", unknown)) + ". Correct it.");
        }
        return platforms;
    }

    /**
     * The platform of an image that has no other parts than models.
     *
     * @throws MojoFailureException when there are several
     */
    public static Platform only(SortedSet<Platform> platforms, ImageKind kind) throws MojoFailureException {
        if (platforms.size() > 1) {
            throw new MojoFailureException(PROPERTY + ": expected one platform for ml.image.kind " + kind + ", found "
                    + platforms.stream().map(Platform::toString).collect(Collectors.joining(","))
                    + ". Name one of them: the files are the same for all.");
        }
        return platforms.first();
    }
}
