package io.github.mlmaven.model.json;

import java.nio.charset.StandardCharsets;

/**
 * Goes through plain JSON: what nearly every client sends, without escapes, and small enough to be read at a glance.
 * Of everything else it says so, and the parser reads the document from its beginning.
 */
public final class PlainCursor {

    private static final int MAX_DEPTH = 32;

    private final JsonText document;
    final byte[] json;
    final int end;
    int at;

    /** At the document's first byte. */
    public PlainCursor(JsonText document) {
        this.document = document;
        this.json = document.array();
        this.at = document.offset();
        this.end = document.offset() + document.length();
    }

    /** Moves to what is no space, and shows it. */
    public byte peek() throws NotPlainException {
        while (at < end) {
            byte found = json[at];
            if (found > ' ' || (found != ' ' && found != '\n' && found != '\r' && found != '\t')) {
                return found;
            }
            at++;
        }
        throw new NotPlainException();
    }

    /** Takes this one. */
    public void take(char expected) throws NotPlainException {
        if (!took(expected)) {
            throw new NotPlainException();
        }
    }

    /** Takes this one if it comes next. */
    public boolean took(char expected) throws NotPlainException {
        boolean found = peek() == expected;
        at += found ? 1 : 0;
        return found;
    }

    /** Takes a comma, or the end of an array or object: false. */
    public boolean more(char close) throws NotPlainException {
        if (took(',')) {
            return true;
        }
        take(close);
        return false;
    }

    /** Takes a key and its colon. */
    public String key() throws NotPlainException {
        String key = text();
        take(':');
        return key;
    }

    /** Takes a string of ASCII without escapes. */
    public String text() throws NotPlainException {
        take('"');
        int start = at;
        for (; at < end; at++) {
            byte found = json[at];
            if (found == '"') {
                return new String(json, start, at++ - start, StandardCharsets.ISO_8859_1);
            }
            if (found < ' ' || found == '\\') {
                throw new NotPlainException();
            }
        }
        throw new NotPlainException();
    }

    /** Takes a whole number of 0 or more, with at most 18 digits. */
    long size() throws NotPlainException {
        peek();
        int start = at;
        long value = 0;
        for (; at < end && json[at] >= '0' && json[at] <= '9'; at++) {
            value = value * 10 + json[at] - '0';
        }
        int digits = at - start;
        boolean more = at == end || json[at] == '.' || json[at] == 'e' || json[at] == 'E';
        if (digits == 0 || digits > 18 || (digits > 1 && json[start] == '0') || more) {
            throw new NotPlainException();
        }
        return value;
    }

    /** Takes a value of any kind, unread: the parser finds what is wrong with it. */
    public JsonText value() throws NotPlainException {
        peek();
        int start = at;
        int depth = 0;
        do {
            switch (peek()) {
                case '{', '[' -> {
                    depth++;
                    at++;
                }
                case '}', ']' -> {
                    depth--;
                    at++;
                }
                case '"' -> string();
                case ',', ':' -> at++;
                default -> scalar();
            }
        } while (depth > 0 && depth < MAX_DEPTH);
        if (depth != 0) {
            throw new NotPlainException();
        }
        return document.part(start, at);
    }

    private void string() throws NotPlainException {
        do {
            at += at < end && json[at] == '\\' ? 2 : 1;
            if (at >= end) {
                throw new NotPlainException();
            }
        } while (json[at] != '"');
        at++;
    }

    private void scalar() throws NotPlainException {
        int start = at;
        while (at < end && ",:{}[]\" \t\r\n".indexOf(json[at]) < 0) {
            at++;
        }
        if (at == start) {
            throw new NotPlainException();
        }
    }

    /** Only space may follow. */
    public void end() throws NotPlainException {
        for (; at < end; at++) {
            if (json[at] != ' ' && json[at] != '\n' && json[at] != '\r' && json[at] != '\t') {
                throw new NotPlainException();
            }
        }
    }
}
