package io.github.mlmaven.inspect.source;

import java.util.Optional;

/**
 * Which entries of an archive are the model, and where each goes: all of them, all below a folder, or one with its
 * external data.
 *
 * @param text an entry, a folder with {@code /} at its end, or the empty string for everything
 */
record ArchivePath(String text) {

    /** Where golden data lies in an archive that {@code ml:attach} wrote, and in a fetched model's folder. */
    static final String GOLDEN = "golden/";

    static final String MODEL = "model/";

    /** Where an entry goes below the model's folder; empty for one that is not asked for. */
    Optional<String> target(String entry) {
        if (isFolder()) {
            if (!entry.startsWith(text)) {
                return Optional.empty();
            }
            String below = entry.substring(text.length());
            return Optional.of(below.startsWith(GOLDEN) ? below : MODEL + below);
        }
        // As PyTorch (x.onnx.data) and Optimum (x.onnx_data, x.onnx_data_1) name external data.
        boolean isData = entry.startsWith(text + ".data") || entry.startsWith(text + "_data");
        boolean isBeside = entry.indexOf('/', text.lastIndexOf('/') + 1) < 0;
        return entry.equals(text) || (isData && isBeside)
                ? Optional.of(MODEL + entry.substring(text.lastIndexOf('/') + 1))
                : Optional.empty();
    }

    boolean isEverything() {
        return text.isEmpty();
    }

    private boolean isFolder() {
        return text.isEmpty() || text.endsWith("/");
    }
}
