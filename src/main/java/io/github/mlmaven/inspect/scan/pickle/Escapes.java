package io.github.mlmaven.inspect.scan.pickle;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Decodes the strings of protocol 0, in which a name may be hidden: {@code \x6fs} is os. */
final class Escapes {

    private static final String PLAIN = "abfnrtv\\'\"";
    private static final byte[] MEANT = {7, 8, 12, 10, 13, 9, 11, '\\', '\'', '"'};

    private Escapes() {}

    /** Python's literals of byte strings. */
    static byte[] ofBytes(byte[] line) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(line.length);
        int at = 0;
        while (at < line.length) {
            if (line[at] != '\\' || at + 1 == line.length) {
                bytes.write(line[at++]);
                continue;
            }
            char escaped = (char) line[at + 1];
            int plain = PLAIN.indexOf(escaped);
            int digits = escaped == 'x' ? digits(line, at + 2, 2, 16) : digits(line, at + 1, 3, 8);
            int from = escaped == 'x' ? at + 2 : at + 1;
            if (plain >= 0) {
                bytes.write(MEANT[plain]);
                at += 2;
            } else if (digits > 0) {
                bytes.write(number(line, from, digits, escaped == 'x' ? 16 : 8));
                at = from + digits;
            } else {
                bytes.write(line[at++]);
            }
        }
        return bytes.toByteArray();
    }

    /** The codec raw-unicode-escape: Latin-1, with the escapes u and U only. */
    static String ofText(byte[] line) {
        StringBuilder text = new StringBuilder(line.length);
        int at = 0;
        while (at < line.length) {
            int count = line[at] == '\\' && at + 1 < line.length
                    ? line[at + 1] == 'u' ? 4 : line[at + 1] == 'U' ? 8 : 0
                    : 0;
            if (count > 0 && digits(line, at + 2, count, 16) == count) {
                int point = number(line, at + 2, count, 16);
                text.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xFFFD);
                at += 2 + count;
            } else {
                text.append((char) (line[at++] & 0xFF));
            }
        }
        return text.toString();
    }

    private static int digits(byte[] line, int from, int most, int radix) {
        int count = 0;
        while (count < most && from + count < line.length && Character.digit(line[from + count], radix) >= 0) {
            count++;
        }
        return count;
    }

    private static int number(byte[] line, int from, int digits, int radix) {
        return (int) Long.parseLong(new String(line, from, digits, StandardCharsets.US_ASCII), radix);
    }
}
