package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.Opset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The model asks for nothing that the engine, or the image, may not have: newer operator sets, locales. */
final class PortabilityCheck implements Check {

    private static final String NAME = "portability";

    /**
     * The newest operator sets of ONNX Runtime 1.29, as it says itself when it refuses a newer one; a test holds them
     * against it.
     */
    static final Map<String, Long> NEWEST = Map.of(
            "ai.onnx", 26L,
            "ai.onnx.ml", 5L,
            "ai.onnx.training", 1L,
            "ai.onnx.preview.training", 1L,
            "com.microsoft", 1L,
            "com.microsoft.experimental", 1L,
            "com.microsoft.nchwc", 1L,
            "com.ms.internal.nhwc", 26L,
            "org.pytorch.aten", 1L);

    /** What every C library brings. */
    private static final Set<String> EVERYWHERE = Set.of("C", "POSIX", "C.UTF-8", "C.utf8");

    @Override
    public CheckResult check(Evidence evidence) {
        List<Finding> findings = new ArrayList<>();
        for (Opset opset : evidence.inspected().summary().opsets()) {
            long newest = NEWEST.getOrDefault(opset.domain(), Long.MAX_VALUE);
            if (opset.version() > newest) {
                findings.add(Finding.of(
                        FindingId.PORT_OPSET,
                        evidence.mainPlace(),
                        "operator set " + opset.domain() + " is newer than the engine",
                        "at most " + newest,
                        Long.toString(opset.version()),
                        "Export the model for an older operator set, or use a newer version of the plugin."));
            }
        }
        Set<String> locales = new TreeSet<>(evidence.inspected().summary().locales());
        locales.removeAll(EVERYWHERE);
        if (!locales.isEmpty()) {
            findings.add(Finding.of(
                    FindingId.PORT_LOCALE,
                    evidence.mainPlace(),
                    "StringNormalizer asks the system for a locale that the image may not have",
                    "no locale, or C",
                    String.join(", ", locales),
                    "Change the case before the model, or use a base image that has the locale."));
        }
        return CheckResult.of(NAME, findings.isEmpty() ? "nothing missing" : "something missing", findings);
    }
}
