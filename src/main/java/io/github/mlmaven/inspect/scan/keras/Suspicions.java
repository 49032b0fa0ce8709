package io.github.mlmaven.inspect.scan.keras;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Printable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a configuration is suspected of: each thing once, and not more than anybody reads. */
final class Suspicions {

    private static final int MOST = 50;

    private final String place;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private int running;

    Suspicions(String place) {
        this.place = place;
    }

    /** How often it would run code so far, what is not kept included. */
    int running() {
        return running;
    }

    List<Finding> findings() {
        return new ArrayList<>(findings);
    }

    void malicious(String found) {
        add(
                FindingId.SAFE_MALICIOUS,
                "the configuration attacks whoever loads the model",
                "layers and functions of Keras",
                found,
                "Do not load the file anywhere; ask where it comes from.");
    }

    void code(String found) {
        add(
                FindingId.SAFE_CODE,
                "the configuration runs code that is not of Keras when the model is loaded",
                "layers and functions of Keras",
                found,
                "Export the model without it; to serve the model, convert it to ONNX where it was trained.");
    }

    void pickle(String found) {
        add(
                FindingId.SAFE_PICKLE,
                "the configuration holds a Python pickle, which runs code when it is loaded",
                "layers and functions of Keras",
                found,
                "Convert the model to ONNX where it was trained.");
    }

    void path(String found) {
        add(
                FindingId.SAFE_PATH,
                "the configuration reads another file when the model is loaded",
                "all that the model needs within it",
                found,
                "Save the model again with the content of that file in it.");
    }

    void corrupt(String found) {
        add(
                FindingId.MODEL_CORRUPT,
                "the configuration is not what Keras writes",
                "one JSON document that says each thing once",
                found,
                "Restore the file from its source, or save the model again.");
    }

    void limit(String found) {
        add(
                FindingId.MODEL_LIMIT,
                "the configuration is too much to look into",
                "at most " + KerasConfig.DEPTH + " levels, and texts of at most " + KerasConfig.TEXT + " characters",
                found,
                "Save the model with less in its configuration.");
    }

    private void add(FindingId id, String message, String expected, String found, String next) {
        if (id == FindingId.SAFE_MALICIOUS || id == FindingId.SAFE_CODE || id == FindingId.SAFE_PICKLE) {
            running++;
        }
        if (findings.size() < MOST) {
            findings.add(Finding.of(id, place, message, expected, Printable.of(found), next));
        }
    }
}
