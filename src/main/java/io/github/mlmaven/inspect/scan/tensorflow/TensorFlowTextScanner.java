package io.github.mlmaven.inspect.scan.tensorflow;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Unserved;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Graphs of TensorFlow in protobuf's text format: {@code saved_model.pbtxt}, {@code graph.pbtxt}. */
public final class TensorFlowTextScanner implements FormatScanner {

    private static final String FORMAT = "a TensorFlow graph in text";
    private static final String NEXT =
            "Save the model in binary form, and convert it: python -m tf2onnx.convert --saved-model DIR"
                    + " --output model.onnx";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        OperatorUse operators = new OperatorUse();
        TextGraph graph;
        try (InputStream in = content.open()) {
            graph = new TextGraph(new TextTokens(in), operators);
            graph.read();
        }
        if (operators.nodes() == 0) {
            return Optional.empty();
        }
        List<Finding> findings = operators.findings(content.place(), graph.hasSaver(), graph.hasAssets());
        Kind kind = findings.isEmpty() ? Kind.OTHER_MODEL : Kind.UNSAFE;
        findings.add(Unserved.of(content, FORMAT, NEXT));
        return Optional.of(ScanResult.of(content, kind, FORMAT, findings));
    }
}
