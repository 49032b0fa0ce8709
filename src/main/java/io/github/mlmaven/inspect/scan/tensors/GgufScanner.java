package io.github.mlmaven.inspect.scan.tensors;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.OtherModel;
import io.github.mlmaven.inspect.scan.read.Shown;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recognises GGUF, the format of llama.cpp: metadata with a chat template, then tensors. */
public final class GgufScanner implements FormatScanner {

    private static final byte[] MAGIC = "GGUF".getBytes(StandardCharsets.ISO_8859_1);
    private static final String NEXT =
            "There is no conversion back from GGUF: export the model that it was made of, with"
                    + " `optimum-cli export onnx --model NAME out/`.";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (!content.startsWith(MAGIC)) {
            return Optional.empty();
        }
        List<Finding> findings = new ArrayList<>();
        try {
            return Optional.of(OtherModel.of(content, read(content, findings), NEXT, findings));
        } catch (MalformedException e) {
            findings.add(e.at(content.place()));
            return Optional.of(ScanResult.of(content, Kind.OTHER_MODEL, "a GGUF model", findings));
        }
    }

    /** What it is; what is wrong with its templates counts also when it breaks off later. */
    private static String read(Content content, List<Finding> findings) throws IOException, MalformedException {
        ByteReader in = new ByteReader(content);
        GgufStrings strings = GgufStrings.start(in);
        int length = strings.version() == 1 ? 4 : 8;
        long tensors = strings.count("tensors", length + 4 + 4 + 8);
        long keys = strings.count("keys of metadata", length + 4 + 1);
        GgufMetadata metadata = new GgufMetadata(in, strings, content.place());
        try {
            metadata.read(keys);
        } finally {
            findings.addAll(metadata.findings());
        }
        new GgufTensors(in, strings, metadata.alignment()).check(tensors);
        String architecture = metadata.architecture().isEmpty()
                ? "no architecture"
                : "architecture " + Shown.of(metadata.architecture());
        return "a GGUF model, version " + strings.version() + ", " + architecture + ", " + tensors
                + (tensors == 1 ? " tensor" : " tensors");
    }
}
