package io.github.mlmaven.inspect.scan.xml;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How an XML document starts, told by its bytes (XML 1.0, appendix F).
 *
 * @param charset its encoding; empty when that is one that parsers read differently
 * @param encoding the name of the encoding
 * @param mark bytes of the byte order mark
 * @param declared whether it says that it is XML; else it only may be
 */
record XmlStart(Optional<Charset> charset, String encoding, int mark, boolean declared) {

    private static final int HEAD = 4096;
    private static final Pattern DECLARATION = Pattern.compile("^<\\?xml\\s[^>]{0,500}");
    private static final Pattern ENCODING = Pattern.compile("\\sencoding\\s*=\\s*[\"']([^\"']{1,40})[\"']");
    private static final Pattern HTML = Pattern.compile(
            "^(?:<!--(?:[^-]|-[^-])*+-->\\s*+)*+(?:<!doctype\\s+html|<html)\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern ELEMENT = Pattern.compile("^<(?:[\\p{L}_:]|!--|!DOCTYPE\\s)");

    /** Those in which markup is where its ASCII bytes are. */
    private static final Map<String, Charset> KNOWN = Map.of(
            "UTF-8", StandardCharsets.UTF_8,
            "UTF8", StandardCharsets.UTF_8,
            "US-ASCII", StandardCharsets.US_ASCII,
            "ASCII", StandardCharsets.US_ASCII,
            "ISO-8859-1", StandardCharsets.ISO_8859_1,
            "LATIN1", StandardCharsets.ISO_8859_1,
            "WINDOWS-1252", Charset.forName("windows-1252"),
            "ISO-8859-15", Charset.forName("ISO-8859-15"));

    /** Marks, and what a declaration without a mark looks like; the longer first. */
    private enum Wide {
        UTF_32BE_MARK("UTF-32BE", 4, "\u0000\u0000\u00fe\u00ff"),
        UTF_32LE_MARK("UTF-32LE", 4, "\u00ff\u00fe\u0000\u0000"),
        UTF_32BE("UTF-32BE", 0, "\u0000\u0000\u0000<"),
        UTF_32LE("UTF-32LE", 0, "<\u0000\u0000\u0000"),
        UTF_16BE_MARK("UTF-16BE", 2, "\u00fe\u00ff"),
        UTF_16LE_MARK("UTF-16LE", 2, "\u00ff\u00fe"),
        UTF_16BE("UTF-16BE", 0, "\u0000<\u0000"),
        UTF_16LE("UTF-16LE", 0, "<\u0000"),
        UTF_8_MARK("UTF-8", 3, "\u00ef\u00bb\u00bf");

        private final String charset;
        private final int mark;
        private final String bytes;

        Wide(String charset, int mark, String bytes) {
            this.charset = charset;
            this.mark = mark;
            this.bytes = bytes;
        }

        boolean starts(byte[] head) {
            for (int i = 0; i < bytes.length(); i++) {
                if (i >= head.length || (head[i] & 0xFF) != bytes.charAt(i)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Looks at the first bytes; empty when they cannot be XML, or are HTML. */
    static Optional<XmlStart> of(Content content) throws IOException {
        byte[] head = content.head(HEAD);
        if (head.length >= 4
                && head[0] == 0x4C
                && head[1] == 0x6F
                && head[2] == (byte) 0xA7
                && head[3] == (byte) 0x94) {
            return Optional.of(new XmlStart(Optional.empty(), "EBCDIC", 0, true));
        }
        for (Wide wide : Wide.values()) {
            if (wide.starts(head)) {
                return of(head, Charset.forName(wide.charset), wide.mark, wide.mark == 3);
            }
        }
        return of(head, StandardCharsets.UTF_8, 0, true);
    }

    private static Optional<XmlStart> of(byte[] head, Charset charset, int mark, boolean byDeclaration) {
        String text = new String(head, mark, head.length - mark, charset).stripLeading();
        Matcher declaration = DECLARATION.matcher(text);
        boolean declared = declaration.find();
        if (!declared && (HTML.matcher(text).find() || !ELEMENT.matcher(text).find())) {
            return Optional.empty();
        }
        Matcher encoding = ENCODING.matcher(declared ? declaration.group() : "");
        if (byDeclaration && encoding.find()) {
            String name = encoding.group(1);
            return Optional.of(
                    new XmlStart(Optional.ofNullable(KNOWN.get(name.toUpperCase(Locale.ROOT))), name, mark, true));
        }
        return Optional.of(
                new XmlStart(Optional.of(charset), charset.name(), mark, declared || text.startsWith("<!DOCTYPE")));
    }
}
