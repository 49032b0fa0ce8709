package io.github.mlmaven.inspect.scan.tflite;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Printable;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Unserved;
import io.github.mlmaven.inspect.scan.tensorflow.TensorFlowOperators;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Models of TFLite. Their own operators only compute; with the prefix {@code Flex} they call those of TensorFlow.
 *
 * @see <a href="https://github.com/tensorflow/tensorflow/blob/master/tensorflow/compiler/mlir/lite/schema/schema.fbs">schema.fbs</a>
 */
public final class TfLiteScanner implements FormatScanner {

    private static final int OPERATOR_CODES = 1;
    private static final int CUSTOM_CODE = 1;
    private static final int MOST_OPERATORS = 5_000;
    private static final int MOST_NAMES = 5;
    private static final String FLEX = "Flex";
    private static final String NEXT =
            "Convert it: python -m tf2onnx.convert --tflite model.tflite --output model.onnx";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (content.size() < 8 || !new String(content.read(4, 4), StandardCharsets.ISO_8859_1).equals("TFL3")) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        List<String> custom = new ArrayList<>();
        try {
            for (FlatTable operator : FlatTable.root(content).tables(OPERATOR_CODES, MOST_OPERATORS)) {
                operator.text(CUSTOM_CODE, 200).filter(name -> !name.isEmpty()).ifPresent(custom::add);
            }
        } catch (FlatTable.FlatException e) {
            findings.add(Finding.of(
                    FindingId.MODEL_CORRUPT,
                    content.place(),
                    "the model breaks the rules of TFLite",
                    "tables within the file",
                    e.found(),
                    "Restore the file from its source."));
        }
        custom.stream().distinct().forEach(name -> operator(content, name).ifPresent(findings::add));
        String format = "a TFLite model" + (custom.isEmpty() ? "" : " with custom operators: " + names(custom));
        Kind kind = findings.isEmpty() ? Kind.OTHER_MODEL : Kind.UNSAFE;
        findings.add(Unserved.of(content, format, NEXT));
        return Optional.of(ScanResult.of(content, kind, format, findings));
    }

    private static Optional<Finding> operator(Content content, String name) {
        String operator = name.startsWith(FLEX) ? name.substring(FLEX.length()) : name;
        return TensorFlowOperators.danger(operator)
                .map(danger -> Finding.of(
                        FindingId.SAFE_OPERATOR,
                        content.place(),
                        "an operator " + danger,
                        "operators that only compute",
                        name,
                        "Do not load it before you know why it is there; export the model without it."));
    }

    private static String names(List<String> custom) {
        List<String> shown =
                custom.stream().distinct().limit(MOST_NAMES).map(Printable::of).toList();
        return String.join(", ", shown) + (custom.stream().distinct().count() > MOST_NAMES ? ", …" : "");
    }
}
