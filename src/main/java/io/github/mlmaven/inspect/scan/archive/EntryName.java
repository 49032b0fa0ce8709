package io.github.mlmaven.inspect.scan.archive;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/**
 * What an archive calls one of its entries.
 *
 * @param text as it is read
 * @param bytes as it is written, a character for each byte, so that nothing of it is lost
 */
record EntryName(String text, String bytes) {

    private static final int LONGEST = 4096;
    private static final int LONGEST_SHOWN = 200;

    /** UTF-8 where it can be, as most write it whatever the flags say. */
    static EntryName of(byte[] raw) {
        String bytes = new String(raw, StandardCharsets.ISO_8859_1);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(raw))
                    .toString();
            return new EntryName(text, bytes);
        } catch (CharacterCodingException e) {
            return new EntryName(bytes, bytes);
        }
    }

    static EntryName of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean isFolder() {
        return text.endsWith("/");
    }

    /** For places and messages: of bounded length, and without what moves a terminal's cursor. */
    String shown() {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST_SHOWN).forEach(c -> shown.appendCodePoint(isPrintable(c) ? c : '?'));
        return shown.length() < text.length() ? shown + "…" : shown.toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** What is wrong with it as a path, for whoever unpacks. */
    Optional<String> danger() {
        if (text.isEmpty()) {
            return Optional.of("no name");
        }
        if (text.length() > LONGEST) {
            return Optional.of("a name of " + text.length() + " characters");
        }
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            return Optional.of("a control character in the name");
        }
        if (text.indexOf('\\') >= 0) {
            return Optional.of("a backslash in the name");
        }
        if (text.startsWith("/")) {
            return Optional.of("an absolute path");
        }
        if (text.matches("[A-Za-z]:.*")) {
            return Optional.of("a drive letter");
        }
        return ("/" + text + "/").contains("/../") ? Optional.of("a path that leads out of it") : Optional.empty();
    }

    /** The same for names that a file system may take for the same. */
    String key() {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : Normalizer.normalize(text, Normalizer.Form.NFC)
                .replace('\\', '/')
                .split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts).toLowerCase(Locale.ROOT);
    }
}
