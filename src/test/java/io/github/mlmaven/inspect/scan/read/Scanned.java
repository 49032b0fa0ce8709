package io.github.mlmaven.inspect.scan.read;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanLimits;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.data.TextScanner;
import io.github.mlmaven.inspect.scan.onnx.OnnxScanner;
import io.github.mlmaven.inspect.scan.template.TemplateScanner;
import io.github.mlmaven.inspect.scan.tensors.GgufScanner;
import io.github.mlmaven.inspect.scan.tensors.SafetensorsScanner;
import io.github.mlmaven.inspect.scan.tokenizer.SentencePieceScanner;
import io.github.mlmaven.inspect.scan.trees.CatboostScanner;
import io.github.mlmaven.inspect.scan.trees.LightgbmScanner;
import io.github.mlmaven.inspect.scan.trees.TreeJsonScanner;
import io.github.mlmaven.inspect.scan.trees.XgboostBinaryScanner;
import io.github.mlmaven.inspect.scan.xml.XmlScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Scans bytes as the file {@code m/NAME} with the scanners of weights, trees, XML, templates and text. */
public final class Scanned {

    private static final List<FormatScanner> SCANNERS = List.of(
            new OnnxScanner(),
            new TemplateScanner(),
            new GgufScanner(),
            new SafetensorsScanner(),
            new SentencePieceScanner(),
            new CatboostScanner(),
            new LightgbmScanner(),
            new TreeJsonScanner(),
            new XgboostBinaryScanner(),
            new XmlScanner(),
            new TextScanner());

    private Scanned() {}

    public static ScanResult of(Path folder, String name, byte[] bytes) throws IOException {
        Path file = folder.resolve("content");
        Files.write(file, bytes);
        try (Scan scan = new Scan(SCANNERS, ScanLimits.DEFAULT, folder)) {
            return scan.scan(Content.of(file, "m/" + name));
        }
    }

    public static ScanResult of(Path folder, String name, String text) throws IOException {
        return of(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The findings, each as one line. */
    public static List<String> lines(ScanResult result) {
        return result.allFindings().stream().map(Finding::line).toList();
    }
}
