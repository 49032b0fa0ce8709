package io.github.mlmaven.inspect.scan.data;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Images, by their first bytes: examples and documentation that lie beside a model. */
public final class ImageScanner implements FormatScanner {

    private enum Image {
        PNG("\u0089PNG\r\n\u001a\n", "", "a PNG image"),
        JPEG("\u00ff\u00d8\u00ff", "", "a JPEG image"),
        GIF87("GIF87a", "", "a GIF image"),
        GIF89("GIF89a", "", "a GIF image"),
        WEBP("RIFF", "WEBP", "a WebP image");

        private final String magic;
        private final String atEight;
        private final String format;

        Image(String magic, String atEight, String format) {
            this.magic = magic;
            this.atEight = atEight;
            this.format = format;
        }

        boolean matches(String head) {
            return head.startsWith(magic) && head.startsWith(atEight, 8);
        }
    }

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        String head = new String(content.head(12), StandardCharsets.ISO_8859_1);
        return Arrays.stream(Image.values())
                .filter(image -> image.matches(head))
                .findFirst()
                .map(image -> ScanResult.of(content, Kind.DATA, image.format));
    }
}
