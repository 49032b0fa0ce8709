package io.github.mlmaven.inspect.scan.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What nobody else recognises and is UTF-8 to its end without control characters; and what is empty. */
public final class TextScanner implements FormatScanner {

    private static final JsonFactory JSON = new JsonFactory();

    @Override
    public boolean isLast() {
        return true;
    }

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (content.size() == 0) {
            return Optional.of(ScanResult.of(content, Kind.DATA, "an empty file"));
        }
        return isText(content) ? Optional.of(ScanResult.of(content, Kind.DATA, format(content))) : Optional.empty();
    }

    private static String format(Content content) throws IOException {
        String name = content.name().toLowerCase(Locale.ROOT);
        byte first = content.head(1)[0];
        if ((first == '{' || first == '[') && isJson(content)) {
            return "JSON";
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return "a table in text";
        }
        return name.endsWith(".yaml") || name.endsWith(".yml") ? "YAML" : "text";
    }

    private static boolean isJson(Content content) throws IOException {
        try (JsonParser parser = JSON.createParser(content.open())) {
            parser.nextToken();
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static boolean isText(Content content) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
        CharBuffer characters = CharBuffer.allocate(1 << 16);
        try (InputStream in = content.open()) {
            boolean end = false;
            while (!end) {
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(0, read)).flip();
                CoderResult result = decoder.decode(bytes, characters, end);
                if (result.isError() || hasControls(characters.flip())) {
                    return false;
                }
                characters.clear();
                bytes.compact();
            }
        }
        return true;
    }

    private static boolean hasControls(CharBuffer characters) {
        while (characters.hasRemaining()) {
            char c = characters.get();
            if (c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b) {
                return true;
            }
        }
        return false;
    }
}
