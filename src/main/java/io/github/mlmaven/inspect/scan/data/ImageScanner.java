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

        private final byte[] magic;
        private final byte[] atEight;
        private final String format;

        Image(String magic, String atEight, String format) {
            this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
            this.atEight = atEight.getBytes(StandardCharsets.ISO_8859_1);
            this.format = format;
        }

        boolean matches(byte[] head) {
            return head.length >= 12
                    && Arrays.equals(head, 0, magic.length, magic, 0, magic.length)
                    && Arrays.equals(head, 8, 8 + atEight.length, atEight, 0, atEight.length);
        }
    }

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        byte[] head = content.head(12);
        return Arrays.stream(Image.values())
                .filter(image -> image.matches(head))
                .findFirst()
                .map(image -> ScanResult.of(content, Kind.DATA, image.format));
    }
}
