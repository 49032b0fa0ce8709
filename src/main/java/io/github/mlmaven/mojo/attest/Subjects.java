package io.github.mlmaven.mojo.attest;

import io.github.mlmaven.image.ImageResult;
import io.github.mlmaven.image.models.ModelsResult;
import io.github.mlmaven.report.provenance.Product;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;

/** What a build made that can be attested. */
public final class Subjects {

    private Subjects() {}

    /**
     * The images and the project's jar, whichever there are.
     *
     * @param image the image that this build made
     * @param models what this build made of the models alone
     * @param project the project
     * @throws MojoFailureException when there is neither
     */
    public static List<Product> of(Optional<ImageResult> image, Optional<ModelsResult> models, MavenProject project)
            throws IOException, MojoFailureException {
        List<Product> subjects = new ArrayList<>();
        image.ifPresent(built -> {
            subjects.add(new Product(built.name(), built.digest()));
            if (built.images().size() > 1) {
                // Who pulls one of them by its digest finds it too.
                built.images()
                        .forEach(one ->
                                subjects.add(new Product(built.name() + " for " + one.platform(), one.digest())));
            }
        });
        models.ifPresent(built -> subjects.add(new Product(built.name(), built.digest())));
        File jar = project.getArtifact().getFile();
        if (jar != null && jar.isFile()) {
            subjects.add(new Product(jar.getName(), BomFacts.digest(jar.toPath())));
        }
        if (subjects.isEmpty()) {
            throw new MojoFailureException("ml:attest: there is nothing to attest; expected an image or the project's"
                    + " jar out of the same build, found neither. Run a phase from package on, or bind jar or image"
                    + " before attest.");
        }
        return subjects;
    }
}
