package io.github.mlmaven.inspect.scan.template;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Recognises chat templates: in the JSON of a tokenizer's configuration, and as files of their own. */
public final class TemplateScanner implements FormatScanner {

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        String start = new String(content.head(64), StandardCharsets.ISO_8859_1).strip();
        if (start.startsWith("{") || start.startsWith("[")) {
            Optional<ScanResult> json = JsonTemplates.check(content)
                    .map(findings -> ScanResult.of(content, Kind.DATA, "a tokenizer configuration", findings));
            if (json.isPresent()) {
                return json;
            }
        }
        return file(content);
    }

    private static Optional<ScanResult> file(Content content) throws IOException {
        boolean named = isTemplate(content.name().toLowerCase(Locale.ROOT));
        if (content.size() > ChatTemplate.MAX_LENGTH) {
            return named
                    ? Optional.of(result(content, List.of(ChatTemplate.tooLong(content.place(), content.name()))))
                    : Optional.empty();
        }
        Optional<String> text = text(content.head(ChatTemplate.MAX_LENGTH));
        if (text.isEmpty()
                || !(named || (text.get().contains("{%") && text.get().contains("messages")))) {
            return Optional.empty();
        }
        return Optional.of(result(content, ChatTemplate.check(text.get(), content.place(), content.name())));
    }

    private static boolean isTemplate(String name) {
        return name.endsWith(".jinja") || name.endsWith(".jinja2") || name.endsWith(".j2");
    }

    private static ScanResult result(Content content, List<Finding> findings) {
        return ScanResult.of(content, Kind.DATA, "a template", findings);
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.chars().noneMatch(c -> c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f')
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
