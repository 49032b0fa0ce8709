package io.github.mlmaven.inspect.scan.hdf5;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Unserved;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** HDF5: models and weights of Keras, and whatever else is kept in it. */
public final class Hdf5Scanner implements FormatScanner {

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        OptionalLong base = Superblock.find(content);
        return base.isEmpty() ? Optional.empty() : Optional.of(scan(content, scan, base.getAsLong()));
    }

    private static ScanResult scan(Content content, Scan scan, long base) throws IOException {
        Hdf5Walk walk;
        try {
            walk = new Hdf5Walk(content, Superblock.read(content, base), scan);
        } catch (Hdf5Exception e) {
            return broken(content, e.found());
        } catch (BufferUnderflowException e) {
            return broken(content, "a file that ends in its superblock");
        }
        walk.run();
        Use use = Use.of(walk.rootNames());
        List<Finding> findings = new ArrayList<>(walk.findings());
        Kind kind = findings.isEmpty() ? Kind.OTHER_MODEL : Kind.UNSAFE;
        findings.add(Unserved.of(content, use.format, use.next));
        return new ScanResult(content.place(), content.size(), kind, use.format, findings, walk.contents());
    }

    private static ScanResult broken(Content content, String found) {
        Finding finding = Finding.of(
                FindingId.MODEL_CORRUPT,
                content.place(),
                "the file breaks the rules of HDF5",
                "a superblock of version 0 to 3",
                found,
                "Restore the file from its source.");
        return ScanResult.of(content, Kind.UNSAFE, Use.OTHER.format, List.of(finding));
    }

    private enum Use {
        MODEL(
                "a Keras model (HDF5)",
                "Convert it where it was trained: python -m tf2onnx.convert --keras model.h5 --output model.onnx"),
        WEIGHTS("Keras weights (HDF5)", "Load them into their model where it was trained, and convert that to ONNX."),
        OTHER("an HDF5 file", "Move it out of the model's folder; if it is a model, convert it to ONNX.");

        private static final Set<String> OF_WEIGHTS = Set.of(
                "layer_names", "weight_names", "_layer_checkpoint_dependencies", "layers", "_parameters", "vars");

        private final String format;
        private final String next;

        Use(String format, String next) {
            this.format = format;
            this.next = next;
        }

        static Use of(Set<String> names) {
            if (names.contains("model_config")) {
                return MODEL;
            }
            return names.stream().anyMatch(OF_WEIGHTS::contains) ? WEIGHTS : OTHER;
        }
    }
}
