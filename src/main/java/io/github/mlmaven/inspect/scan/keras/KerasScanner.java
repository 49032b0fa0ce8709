package io.github.mlmaven.inspect.scan.keras;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.UnpackException;
import io.github.mlmaven.inspect.scan.Unserved;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Models of Keras 3: a zip file with {@code config.json}, which says what to build. Whatever else is in it, is not read. */
public final class KerasScanner implements FormatScanner {

    private static final String CONFIG = "config.json";
    private static final String FORMAT = "a Keras v3 model";

    /** How to come from Keras 3 to ONNX, with the command. */
    private static final String NEXT =
            "Convert it where it was trained: python -c \"import keras; keras.models.load_model('model.keras')"
                    + ".export('model.onnx', format='onnx')\"";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        ZipEntries entries = ZipEntries.of(content);
        boolean keras = entries.hasMetadata() && entries.hasWeights();
        if (entries.configs().isEmpty()) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        if (entries.configs().size() > 1) {
            findings.add(Finding.of(
                    FindingId.SAFE_ARCHIVE,
                    content.place(),
                    "the configuration is in it more than once, so that readers differ in what they load",
                    "one config.json",
                    entries.configs().size() == ZipEntries.MOST_CONFIGS
                            ? "many"
                            : "" + entries.configs().size(),
                    "Do not load the file anywhere; ask where it comes from."));
        }
        for (ZipEntry entry : entries.configs()) {
            KerasConfig.Judgement judgement = judge(content, entry, scan);
            keras |= judgement.isKeras() || !judgement.isComplete();
            judgement.findings().stream().filter(f -> !findings.contains(f)).forEach(findings::add);
        }
        return keras ? Optional.of(result(content, findings)) : Optional.empty();
    }

    private static KerasConfig.Judgement judge(Content content, ZipEntry entry, Scan scan) throws IOException {
        try {
            Content config = entry.unpack(content, CONFIG, scan);
            try (InputStream json = config.open()) {
                return KerasConfig.ofModel(json, config.place());
            }
        } catch (UnpackException e) {
            return new KerasConfig.Judgement(false, false, List.of(e.at(content.place() + Content.WITHIN + CONFIG)));
        }
    }

    private static ScanResult result(Content content, List<Finding> findings) {
        Kind kind = findings.stream().anyMatch(Finding::isError) ? Kind.UNSAFE : Kind.OTHER_MODEL;
        findings.add(Unserved.of(content, FORMAT, NEXT));
        return ScanResult.of(content, kind, FORMAT, findings);
    }
}
