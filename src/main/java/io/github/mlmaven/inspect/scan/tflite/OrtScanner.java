package io.github.mlmaven.inspect.scan.tflite;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Unserved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** ONNX Runtime's own format, which each version of it may change. */
public final class OrtScanner implements FormatScanner {

    private static final String FORMAT = "a model in ONNX Runtime's own format (ORT)";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        return content.size() >= 8 && new String(content.read(4, 4), StandardCharsets.ISO_8859_1).equals("ORTM")
                ? Optional.of(ScanResult.of(
                        content,
                        Kind.OTHER_MODEL,
                        FORMAT,
                        List.of(Unserved.of(content, FORMAT, "Use the .onnx file that it was made from."))))
                : Optional.empty();
    }
}
