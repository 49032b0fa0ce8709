package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/** How a body may be compressed (RFC 9110 §8.4.1); {@code deflate} is the zlib format there. */
public enum ContentCoding {
    GZIP,
    DEFLATE;

    /** The name in headers. */
    String token() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The coding of this name, in whatever case. */
    static Optional<ContentCoding> named(String token) {
        return switch (token.toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "deflate" -> Optional.of(DEFLATE);
            default -> Optional.empty();
        };
    }

    /**
     * Decompresses all that remains.
     *
     * @return false when the content did not take a part; it is asked for no further one
     * @throws TensorFormatException when the stream is broken or something follows it
     */
    boolean decode(ByteBuffer compressed, Content content) throws TensorFormatException {
        try (Decompression decompression = new Decompression(this, compressed, content)) {
            return decompression.run();
        }
    }

    /**
     * Compresses all that remains, for speed rather than size.
     *
     * @param memory holds the result
     */
    public ByteBuffer encode(ByteBuffer content, ElementMemory memory) {
        return Compression.compress(this, content, memory);
    }

    /** Where decompressed parts go. */
    interface Content {

        /** False when it takes no more. */
        boolean append(byte[] part, int length);
    }
}
