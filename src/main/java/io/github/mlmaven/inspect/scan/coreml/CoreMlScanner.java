package io.github.mlmaven.inspect.scan.coreml;

import io.github.mlmaven.finding.Finding;
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

/** Models of Core ML: {@code .mlmodel} files, and the one in an {@code .mlpackage}. */
public final class CoreMlScanner implements FormatScanner {

    private static final String NEXT =
            "Convert the model that it was made from to ONNX; what Core ML made of it does not lead back.";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        CoreMlReader reader;
        try (ProtoFields in = new ProtoFields(content)) {
            reader = new CoreMlReader(in, content.place());
            reader.model();
        } catch (NotProtoException e) {
            return Optional.empty();
        }
        if (!reader.isModel()) {
            return Optional.empty();
        }
        String format = "a Core ML model, specification " + reader.specification();
        List<Finding> findings = new ArrayList<>(reader.findings());
        Kind kind = findings.isEmpty() ? Kind.OTHER_MODEL : Kind.UNSAFE;
        findings.add(Unserved.of(content, format, NEXT));
        return Optional.of(ScanResult.of(content, kind, format, findings));
    }
}
