package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.layer.ChangedFileException;
import io.github.mlmaven.image.layer.ChangedLayerException;
import java.util.List;
import java.util.stream.Collectors;

/** An image that cannot be built, and all that is known of why. */
public final class ImageException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** Several reasons. */
    public ImageException(List<Finding> findings) {
        super(findings.stream().map(Finding::line).collect(Collectors.joining("\n")));
        this.findings = List.copyOf(findings);
    }

    /** One reason. */
    public ImageException(Finding finding) {
        this(List.of(finding));
    }

    /** One reason without an expectation. */
    public ImageException(FindingId id, String place, String message, String next) {
        this(Finding.of(id, place, message, next));
    }

    /** That a model's file is not what was verified. */
    public static Finding changedFile(String place, String expected, String found) {
        return Finding.of(
                FindingId.IMAGE_CONTENT,
                place,
                "the file changed after it was verified",
                expected,
                found,
                "Build again without changing the model meanwhile.");
    }

    /** A layer that changed while it was written; the file, where it is known which. */
    public static ImageException of(ChangedLayerException e) {
        if (e instanceof ChangedFileException file) {
            return new ImageException(changedFile(file.place(), file.expected(), file.found()));
        }
        return new ImageException(
                FindingId.IMAGE_CONTENT,
                "layer " + e.layer(),
                "its files changed while it was written",
                "Change no file while the build runs, and run mvn clean package.");
    }

    /** Why, at least one. */
    public List<Finding> findings() {
        return findings;
    }
}
