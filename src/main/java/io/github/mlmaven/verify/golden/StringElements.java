package io.github.mlmaven.verify.golden;

import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The elements of BYTES tensors, each a 4-byte little-endian length and its bytes. */
final class StringElements {

    /** Longer elements are cut in messages. */
    private static final int SHOWN = 60;

    private StringElements() {}

    /** Compares two tensors whose raw bytes differ. */
    static Mismatch compare(Tensor expected, Tensor actual) {
        ByteBuffer left = expected.data();
        ByteBuffer right = actual.data();
        Mismatch.@Nullable Element first = null;
        long differing = 0;
        long count = expected.elements();
        for (long i = 0; i < count; i++) {
            ByteBuffer e = next(left);
            ByteBuffer a = next(right);
            if (e == null || a == null) {
                return malformed(count, i, e == null ? "expected data" : "output");
            }
            if (!e.equals(a)) {
                differing++;
                if (first == null) {
                    first = new Mismatch.Element(Coordinates.of(expected.shape(), i), text(e), text(a));
                }
            }
        }
        return first == null
                ? malformed(count, count, left.hasRemaining() ? "expected data" : "output")
                : new Mismatch.OfElements(first, first, differing);
    }

    private static Mismatch malformed(long count, long good, String which) {
        return new Mismatch.OfForm(count + " BYTES elements", which + " malformed after element " + good);
    }

    private static @Nullable ByteBuffer next(ByteBuffer data) {
        if (data.remaining() < Integer.BYTES) {
            return null;
        }
        int length = data.order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > data.remaining()) {
            return null;
        }
        ByteBuffer element = data.slice(data.position(), length);
        data.position(data.position() + length);
        return element;
    }

    private static String text(ByteBuffer element) {
        String text;
        try {
            text = quoted(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(element.duplicate())
                    .toString());
        } catch (CharacterCodingException notText) {
            byte[] bytes = new byte[Math.min(element.remaining(), SHOWN)];
            element.duplicate().get(bytes);
            text = "0x" + HexFormat.of().formatHex(bytes);
        }
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + element.remaining() + " bytes)";
    }

    /** Control characters would let a model's string write over the terminal. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (Character.isISOControl(c)) {
                out.append(String.format(java.util.Locale.ROOT, "\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }
}
