package io.github.mlmaven.inspect.scan.keras;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A configuration of Keras in a file of its own: what {@code model.to_json()} gives, or what was in a zip file. */
public final class KerasJsonScanner implements FormatScanner {

    private static final int HEAD = 64;

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (!startsAsObject(content)) {
            return Optional.empty();
        }
        KerasConfig.Judgement judgement;
        try (InputStream json = content.open()) {
            judgement = KerasConfig.ofModel(json, content.place());
        }
        Kind kind = judgement.findings().isEmpty() ? Kind.DATA : Kind.UNSAFE;
        boolean keras = judgement.isKeras();
        if (!keras && !judgement.isComplete()) {
            try (InputStream json = content.open()) {
                keras = KerasConfig.isOfKeras(json);
            }
        }
        return keras
                ? Optional.of(ScanResult.of(content, kind, "a configuration of Keras", judgement.findings()))
                : Optional.empty();
    }

    /** In whatever encoding; that it starts with a brace rules out nearly all other files. */
    private static boolean startsAsObject(Content content) throws IOException {
        String head = new String(content.head(HEAD), StandardCharsets.ISO_8859_1);
        return head.chars().filter(c -> c > ' ' && c < 0x7f).findFirst().orElse(0) == '{'
                || (head.isBlank() && content.size() > HEAD);
    }
}
