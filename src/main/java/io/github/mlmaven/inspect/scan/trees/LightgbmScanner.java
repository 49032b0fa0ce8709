package io.github.mlmaven.inspect.scan.trees;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Recognises LightGBM's text: {@code tree}, then {@code version=…}, up to {@code end of trees}. */
public final class LightgbmScanner implements FormatScanner {

    private static final String FORM = "text";
    private static final String END = "end of trees";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        String start = new String(content.head(16), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
        if (!start.startsWith("tree\nversion=")) {
            return Optional.empty();
        }
        try {
            check(content);
            return Optional.of(TreeLibrary.LIGHTGBM.model(content, FORM));
        } catch (MalformedException e) {
            return Optional.of(TreeLibrary.LIGHTGBM.broken(content, FORM, e));
        }
    }

    /** Lines may have megabytes: only the start of each is kept. */
    private static void check(Content content) throws IOException, MalformedException {
        StringBuilder line = new StringBuilder();
        boolean ended = false;
        byte[] buffer = new byte[1 << 16];
        long position = 0;
        try (InputStream in = content.open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    byte b = buffer[i];
                    if (b == '\n') {
                        ended |= line.toString().strip().equals(END);
                        line.setLength(0);
                    } else if (b >= 0 && b < 0x20 && b != '\r' && b != '\t') {
                        throw corrupt("there is a control character", "text", "byte " + b + " at " + (position + i));
                    } else if (line.length() <= END.length() + 1) {
                        line.append((char) b);
                    }
                }
                position += read;
            }
        }
        if (!ended && !line.toString().strip().equals(END)) {
            throw MalformedException.truncated("a line \"" + END + "\"", "none");
        }
    }
}
