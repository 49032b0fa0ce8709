package io.github.mlmaven.mojo.attest;

import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageLog;
import io.github.mlmaven.image.PlacedImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.referrer.Attached;
import io.github.mlmaven.image.referrer.Attachment;
import io.github.mlmaven.image.referrer.LayoutReferrers;
import io.github.mlmaven.image.referrer.RegistryReferrers;
import io.github.mlmaven.image.registry.RegistrySettings;
import io.github.mlmaven.image.target.Attempts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Attaches the documents of a build to its image or its models, wherever that can be referred to: in folders and
 * registries. A tar stays what its digest says, and Docker knows no referrers.
 *
 * @param registries what the user says of registries, as for the image
 * @param place how messages write a file
 * @param log where progress is told
 */
public record Referrers(RegistrySettings registries, Function<Path, String> place, ImageLog log) {

    private static final String CYCLONEDX = "application/vnd.cyclonedx+json";
    private static final String IN_TOTO = "application/vnd.in-toto+json";
    private static final String VERIFICATION = "application/vnd.io.github.mlmaven.verify-report.v1+json";

    /** The documents of a build. */
    public static List<Attachment> documents(Path bom, Path provenance, Optional<Path> verification)
            throws IOException {
        List<Attachment> documents = new ArrayList<>();
        documents.add(Attachment.of(bom, CYCLONEDX));
        documents.add(Attachment.of(provenance, IN_TOTO));
        if (verification.isPresent()) {
            documents.add(Attachment.of(verification.get(), VERIFICATION));
        }
        return documents;
    }

    /**
     * Attaches them wherever the image was put.
     *
     * @throws ImageException when one place does not take them; what went before stands, and so does the image
     */
    public List<Attached> attach(PlacedImage image, List<Attachment> documents)
            throws ImageException, IOException, InterruptedException {
        List<Attached> attached = new ArrayList<>();
        for (Placement placement : image.placements()) {
            if (placement instanceof Placement.Layout layout) {
                attached.add(new LayoutReferrers(layout.folder(), place.apply(layout.folder()))
                        .attach(image.digest(), documents));
            } else if (placement instanceof Placement.Registry registry) {
                attached.add(new RegistryReferrers(registries, Attempts.waiting(log), log).attach(registry, documents));
            }
        }
        return attached;
    }
}
