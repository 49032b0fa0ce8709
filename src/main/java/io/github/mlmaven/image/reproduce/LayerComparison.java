package io.github.mlmaven.image.reproduce;

import io.github.mlmaven.finding.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Two layers with the same name and other digests. */
final class LayerComparison {

    private static final String SAME_PLUGIN = "Run both builds with the same version of the plugin.";

    private final LayoutTar first;
    private final LayoutTar second;

    LayerComparison(LayoutTar first, LayoutTar second) {
        this.first = first;
        this.second = second;
    }

    List<Finding> compare(LayoutLayer one, LayoutLayer other, String place) throws LayoutException, IOException {
        FileFindings says = new FileFindings(place, "layer " + one.name(), "files");
        LayerFiles before = LayerFiles.read(first, one);
        LayerFiles after = LayerFiles.read(second, other);
        String expected = one.digest().toString();
        String found = other.digest().toString();
        if (before.tar().equals(after.tar())) {
            String how = one.mediaType().equals(other.mediaType())
                    ? "its files are, but they are compressed to other bytes"
                    : "its files are, but they are stored as " + other.mediaType() + " and not as " + one.mediaType();
            return List.of(says.finding(how, expected, found, SAME_PLUGIN));
        }
        List<FileDifference> differences = FileDifference.between(before.files(), after.files());
        if (differences.isEmpty()) {
            boolean ordered = new ArrayList<>(before.files().keySet())
                    .equals(new ArrayList<>(after.files().keySet()));
            return List.of(says.finding(
                    ordered ? "its files are, but the tar's own headers differ" : "its files are, but in another order",
                    expected,
                    found,
                    FileFindings.NEXT));
        }
        return says.of(differences, expected, found);
    }
}
