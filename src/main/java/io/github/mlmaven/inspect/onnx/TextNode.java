package io.github.mlmaven.inspect.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The attributes of a node as far as {@code StringNormalizer} has them, by which ONNX Runtime decides whether it asks the
 * system for a locale: to change the case, or to compare stop words in any case.
 */
final class TextNode {

    static final String TYPE = "StringNormalizer";

    /** ONNX Runtime's own on Linux, where the attribute is missing. */
    private static final String DEFAULT_LOCALE = "en_US.UTF-8";

    private static final int MAX_TEXT = 256;

    private String attribute = "";
    private String locale = DEFAULT_LOCALE;
    private boolean changesCase;
    private boolean caseSensitive;
    private boolean stopwords;

    /** Another attribute begins. */
    void attribute() {
        attribute = "";
    }

    /** Reads the name, an integer, a text or the texts of an attribute; the name comes first. */
    void read(ProtoInput in) throws IOException, MalformedProtoException {
        switch (in.field()) {
            case 1 -> attribute = text(in);
            case 3 -> {
                long value = in.int64();
                caseSensitive |= attribute.equals("is_case_sensitive") && value != 0;
            }
            case 4 -> readText(text(in));
            default -> {
                in.lengthOfSkipped();
                stopwords |= attribute.equals("stopwords");
            }
        }
    }

    private void readText(String text) {
        if (attribute.equals("locale")) {
            // It would reach terminals and reports.
            locale = text.replaceAll("\\p{Cntrl}", "?");
        } else if (attribute.equals("case_change_action")) {
            String action = text.toUpperCase(Locale.ROOT);
            changesCase = action.equals("LOWER") || action.equals("UPPER");
        }
    }

    private static String text(ProtoInput in) throws IOException, MalformedProtoException {
        return new String(in.upTo(MAX_TEXT), StandardCharsets.UTF_8);
    }

    /** The locale that it asks for, if it does. */
    Optional<String> locale() {
        return changesCase || (stopwords && !caseSensitive) ? Optional.of(locale) : Optional.empty();
    }
}
