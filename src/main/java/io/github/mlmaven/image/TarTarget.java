package io.github.mlmaven.image;

import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.OciLayout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * One tar, which is an OCI layout and a Docker archive.
 *
 * @param file the tar; until it is complete, there is none of that name
 * @param workFolder what earlier builds of the project left
 * @param progress who watches while it is written
 */
public record TarTarget(Path file, Path workFolder, ImageProgress progress) implements ImageTarget {

    @Override
    public void check() {
        // A tar of an earlier build is set aside before anything else happens.
    }

    @Override
    public void ahead(List<StoredLayer> models) throws IOException {
        archive().ahead(models.stream().map(OciLayout::part).toList(), progress);
    }

    @Override
    public void giveUp() throws IOException {
        archive().giveUp();
    }

    @Override
    public Placement put(OciImage image) throws IOException {
        archive().write(image, progress);
        return new Placement.Tar(file, image.docker());
    }

    /** The tar, with what the next build need not write again. */
    ImageArchive archive() {
        // Another execution of the same build may write another tar.
        return new ImageArchive(file, workFolder.resolve(file.getFileName() + ".txt"));
    }
}
