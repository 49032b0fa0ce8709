package io.github.mlmaven.inspect.scan.tensorflow;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Unserved;
import io.github.mlmaven.inspect.scan.proto.NotProtoException;
import io.github.mlmaven.inspect.scan.proto.ProtoFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Graphs of TensorFlow in protobuf. It has no magic bytes, so that only what consists of nodes with names and operators
 * is recognised.
 */
public final class TensorFlowScanner implements FormatScanner {

    private enum Form {
        SAVED_MODEL(
                "a TensorFlow SavedModel",
                "Convert it: python -m tf2onnx.convert --saved-model DIR --output model.onnx") {
            @Override
            void read(GraphReader reader) throws IOException, NotProtoException {
                reader.savedModel();
            }
        },
        META_GRAPH(
                "a meta graph of a TensorFlow checkpoint",
                "Convert it: python -m tf2onnx.convert --checkpoint model.ckpt.meta --inputs x:0 --outputs y:0"
                        + " --output model.onnx") {
            @Override
            void read(GraphReader reader) throws IOException, NotProtoException {
                reader.metaGraph();
            }
        },
        GRAPH(
                "a TensorFlow graph",
                "Convert it: python -m tf2onnx.convert --graphdef model.pb --inputs x:0 --outputs y:0"
                        + " --output model.onnx") {
            @Override
            void read(GraphReader reader) throws IOException, NotProtoException {
                reader.graph();
            }
        };

        private final String format;
        private final String next;

        Form(String format, String next) {
            this.format = format;
            this.next = next;
        }

        abstract void read(GraphReader reader) throws IOException, NotProtoException;
    }

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        // All of them: bytes can be made that are two of them at once, and then the reader's wish decides.
        List<ScanResult> readings = new ArrayList<>();
        for (Form form : Form.values()) {
            scan(content, form).ifPresent(readings::add);
        }
        return readings.stream().reduce((one, other) -> both(content, one, other));
    }

    private static ScanResult both(Content content, ScanResult one, ScanResult other) {
        List<Finding> findings = Stream.concat(one.findings().stream(), other.findings().stream())
                .distinct()
                .toList();
        return ScanResult.of(content, Kind.UNSAFE, one.format() + ", and " + other.format(), findings);
    }

    private static Optional<ScanResult> scan(Content content, Form form) throws IOException {
        OperatorUse operators = new OperatorUse();
        List<Finding> findings = new ArrayList<>();
        GraphReader reader;
        try (ProtoFields fields = new ProtoFields(content)) {
            reader = new GraphReader(fields, operators);
            try {
                form.read(reader);
            } catch (NotProtoException e) {
                findings.add(corrupt(content, e));
            }
        }
        if (operators.nodes() == 0) {
            return Optional.empty();
        }
        boolean saver = form == Form.SAVED_MODEL || reader.hasSaver();
        findings.addAll(operators.findings(content.place(), saver, reader.hasAssets()));
        Kind kind = findings.isEmpty() ? Kind.OTHER_MODEL : Kind.UNSAFE;
        findings.add(Unserved.of(content, form.format, form.next));
        return Optional.of(ScanResult.of(content, kind, form.format, findings));
    }

    private static Finding corrupt(Content content, NotProtoException e) {
        return Finding.of(
                FindingId.MODEL_CORRUPT,
                content.place(),
                "the graph breaks off, or is not one of TensorFlow to its end",
                "messages of TensorFlow up to the last byte",
                e.found(),
                "Restore the file from its source.");
    }
}
