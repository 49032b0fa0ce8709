package io.github.mlmaven.inspect.scan.tensorflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The tokens of protobuf's text format: names, numbers, texts and single characters. Texts next to each other are one,
 * and what is escaped in them is what it means, so that no name can be written to be overlooked.
 *
 * @see <a href="https://protobuf.dev/reference/protobuf/textformat-spec/">Text format specification</a>
 */
final class TextTokens {

    private static final int MOST = 4096;

    enum Kind {
        NAME,
        TEXT,
        SIGN,
        END
    }

    private final InputStream in;
    private int next;
    private String value = "";

    TextTokens(InputStream in) throws IOException {
        this.in = in;
        this.next = in.read();
    }

    /** Of the last token: a name, a number, the content of a text up to 4096 bytes of it, or a character. */
    String value() {
        return value;
    }

    Kind next() throws IOException {
        skipBlank();
        if (next < 0) {
            value = "";
            return Kind.END;
        }
        if (isQuote(next)) {
            StringBuilder text = new StringBuilder();
            while (isQuote(next)) {
                text(text);
                skipBlank();
            }
            value = new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            return Kind.TEXT;
        }
        StringBuilder name = new StringBuilder();
        while (isName(next)) {
            append(name, next);
            next = in.read();
        }
        if (name.isEmpty()) {
            value = String.valueOf((char) next);
            next = in.read();
            return Kind.SIGN;
        }
        value = name.toString();
        return Kind.NAME;
    }

    private void skipBlank() throws IOException {
        while (next == ' '
                || next == '\t'
                || next == '\n'
                || next == '\r'
                || next == '#'
                || next == 0x0B
                || next == '\f') {
            boolean comment = next == '#';
            next = in.read();
            while (comment && next >= 0 && next != '\n') {
                next = in.read();
            }
        }
    }

    private void text(StringBuilder text) throws IOException {
        int quote = next;
        next = in.read();
        while (next >= 0 && next != quote) {
            if (next == '\\') {
                next = in.read();
                escaped(text);
            } else {
                append(text, next);
                next = in.read();
            }
        }
        next = next < 0 ? next : in.read();
    }

    private void escaped(StringBuilder text) throws IOException {
        int kind = next;
        if (kind >= '0' && kind <= '7') {
            append(text, number(8, 3) & 0xFF);
        } else if (kind == 'x' || kind == 'X') {
            next = in.read();
            append(text, number(16, 2) & 0xFF);
        } else if (kind == 'u' || kind == 'U') {
            next = in.read();
            int point = number(16, kind == 'u' ? 4 : 8);
            String character = Character.isValidCodePoint(point) ? Character.toString(point) : "?";
            for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
                append(text, b & 0xFF);
            }
        } else {
            // Names have none of the others: line breaks, tabs, quotes.
            append(text, kind);
            next = in.read();
        }
    }

    private int number(int base, int digits) throws IOException {
        int number = 0;
        for (int i = 0; i < digits && next >= 0 && Character.digit(next, base) >= 0; i++) {
            number = number * base + Character.digit(next, base);
            next = in.read();
        }
        return number;
    }

    private static void append(StringBuilder text, int character) {
        if (text.length() < MOST) {
            text.append((char) character);
        }
    }

    private static boolean isQuote(int c) {
        return c == '"' || c == '\'';
    }

    private static boolean isName(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_.-+/".indexOf(c) >= 0;
    }
}
