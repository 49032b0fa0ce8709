package io.github.mlmaven.inspect.scan.keras;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A function of Python as Keras writes it: marshalled and in Base64. It is never run, only its names are read.
 *
 * @param weapons the names in it that reach out of the model, sorted
 */
record Bytecode(List<String> weapons) {

    private static final int LEAST = 16;
    private static final int MOST_WEAPONS = 8;
    private static final int MOST_NAME = 64;
    /** Marshal's type of a code object, and its flag for what is referred to again. */
    private static final int CODE = 'c';

    private static final int REFERENCE = 0x80;

    Bytecode {
        weapons = List.copyOf(weapons);
    }

    /** Empty when the text is something else. */
    static Optional<Bytecode> of(String text) {
        // Both types of a code object give these first letters; Python's decoder skips what is no letter of Base64.
        int first = firstLetter(text);
        if (text.length() < LEAST || first < 0 || (text.charAt(first) != '4' && text.charAt(first) != 'Y')) {
            return Optional.empty();
        }
        byte[] bytes = decode(text);
        return bytes.length >= LEAST * 3 / 4 && (bytes[0] & ~REFERENCE & 0xFF) == CODE && isCode(bytes)
                ? Optional.of(new Bytecode(weaponsIn(bytes)))
                : Optional.empty();
    }

    /** Small numbers follow in all versions of Python 3, so that the highest byte of each of the first two is zero. */
    private static boolean isCode(byte[] bytes) {
        return bytes[4] == 0 && bytes[8] == 0;
    }

    private static int firstLetter(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isLetter(text.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isLetter(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    private static byte[] decode(String text) {
        StringBuilder letters = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isLetter(text.charAt(i))) {
                letters.append(text.charAt(i));
            }
        }
        letters.setLength(letters.length() - (letters.length() % 4 == 1 ? 1 : 0));
        return Base64.getDecoder().decode(letters.toString());
    }

    private static List<String> weaponsIn(byte[] bytes) {
        TreeSet<String> weapons = new TreeSet<>();
        for (int at = 0; at + 1 < bytes.length && weapons.size() < MOST_WEAPONS; at++) {
            String name = nameAt(bytes, at);
            if (PythonNames.isWeaponInBytecode(name)) {
                weapons.add(name);
            }
        }
        return List.copyOf(weapons);
    }

    /** A short text of marshal: its type, its length in one byte or four, and the text. */
    private static String nameAt(byte[] bytes, int at) {
        int type = bytes[at] & ~REFERENCE & 0xFF;
        int start;
        int length;
        if (type == 'z' || type == 'Z') {
            start = at + 2;
            length = bytes[at + 1] & 0xFF;
        } else if ((type == 'a' || type == 'A' || type == 'u' || type == 't' || type == 's')
                && at + 5 <= bytes.length) {
            start = at + 5;
            length = (bytes[at + 2] | bytes[at + 3] | bytes[at + 4]) == 0 ? bytes[at + 1] & 0xFF : 0;
        } else {
            return "";
        }
        if (length == 0 || length > MOST_NAME || start + length > bytes.length) {
            return "";
        }
        return new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }
}
