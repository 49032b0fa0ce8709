package io.github.mlmaven.inspect.scan.xml;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.read.Shown;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/**
 * Watches the characters on their way to a parser and stops them at what the parser must never see: a document type,
 * nesting without end, markup of a size that the parser would keep in memory. Parsers skip some of that silently.
 */
final class MarkupReader extends Reader {

    static final int MAX_DEPTH = 256;
    private static final int MAX_ATTRIBUTES = 1000;
    private static final int MAX_NAME = 1000;
    private static final int MAX_PART = 4 << 20;

    private enum In {
        TEXT,
        START,
        COMMENT,
        CDATA,
        INSTRUCTION,
        TAG,
        END_TAG
    }

    private final Reader in;
    private final String place;
    private final StringBuilder start = new StringBuilder();
    private In state = In.TEXT;
    private int part;
    private int depth;
    private int attributes;
    private int name;
    private char quote;
    private char last;
    private char beforeLast;
    private Optional<Finding> problem = Optional.empty();
    private Optional<IOException> failure = Optional.empty();

    MarkupReader(Reader in, String place) {
        this.in = in;
        this.place = place;
    }

    /** What it was stopped at. */
    Optional<Finding> problem() {
        return problem;
    }

    /** What the disk or the decoder said; a parser may hide it in an exception of its own. */
    Optional<IOException> failure() {
        return failure;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(target, offset, length);
        } catch (IOException e) {
            failure = Optional.of(e);
            throw e;
        }
        for (int i = offset; i < offset + read; i++) {
            step(target[i]);
            if (problem.isPresent()) {
                throw new IOException("stopped");
            }
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void step(char c) {
        if (++part > MAX_PART) {
            refuse("a part of it is too long", "at most " + MAX_PART + " characters", "more");
        }
        switch (state) {
            case TEXT -> {
                if (c == '<') {
                    start.setLength(0);
                    enter(In.START);
                }
            }
            case START -> stepStart(c);
            case COMMENT -> leaveAt(c == '>' && last == '-' && beforeLast == '-' && part > 2);
            case CDATA -> leaveAt(c == '>' && last == ']' && beforeLast == ']');
            case INSTRUCTION -> leaveAt(c == '>' && last == '?');
            case END_TAG -> leaveAt(c == '>');
            case TAG -> stepTag(c);
        }
        beforeLast = last;
        last = c;
    }

    private void stepStart(char c) {
        start.append(c);
        String text = start.toString();
        if (text.equals("!--")) {
            enter(In.COMMENT);
        } else if (text.equals("![CDATA[")) {
            enter(In.CDATA);
        } else if (text.startsWith("!")) {
            if (!"!--".startsWith(text) && !"![CDATA[".startsWith(text)) {
                refuse("it has a document type", "XML without one", Shown.of("<" + text));
            }
        } else if (c == '?') {
            enter(In.INSTRUCTION);
        } else if (c == '/') {
            depth--;
            enter(In.END_TAG);
        } else {
            if (++depth > MAX_DEPTH) {
                refuse("it is nested too deep", "at most " + MAX_DEPTH + " levels", "more");
            }
            attributes = 0;
            name = 1;
            enter(In.TAG);
        }
    }

    private void stepTag(char c) {
        if (quote != 0) {
            quote = c == quote ? 0 : quote;
        } else if (c == '"' || c == '\'') {
            quote = c;
            name = 0;
        } else if (c == '>') {
            depth -= last == '/' ? 1 : 0;
            enter(In.TEXT);
        } else if (c == '=') {
            name = 0;
            if (++attributes > MAX_ATTRIBUTES) {
                refuse("an element has too many attributes", "at most " + MAX_ATTRIBUTES, "more");
            }
        } else {
            name = Character.isWhitespace(c) ? 0 : name + 1;
            if (name > MAX_NAME) {
                refuse("a name is too long", "at most " + MAX_NAME + " characters", "more");
            }
        }
    }

    private void leaveAt(boolean end) {
        if (end) {
            enter(In.TEXT);
        }
    }

    private void enter(In next) {
        state = next;
        part = 0;
    }

    private void refuse(String message, String expected, String found) {
        String next = message.contains("document type")
                ? "Remove the document type; what it declares can reach out of the file, or grow without end."
                : "No honest file needs this: check where it comes from.";
        problem = Optional.of(Finding.of(FindingId.SAFE_XML, place, message, expected, found, next));
    }
}
