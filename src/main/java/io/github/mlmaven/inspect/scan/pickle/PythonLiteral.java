package io.github.mlmaven.inspect.scan.pickle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Python's literals as NumPy writes them: dictionaries with texts as keys, lists, tuples, texts, whole numbers and truth
 * values. They become maps, lists, strings, longs and booleans.
 */
final class PythonLiteral {

    private static final int DEEPEST = 16;

    private final String text;
    private int at;

    private PythonLiteral(String text) {
        this.text = text;
    }

    /** The whole text as one value. */
    static Object parse(String text) throws PickleException {
        PythonLiteral literal = new PythonLiteral(text);
        Object value = literal.value(0);
        literal.blanks();
        if (literal.at < text.length()) {
            throw literal.unexpected();
        }
        return value;
    }

    private Object value(int depth) throws PickleException {
        if (depth > DEEPEST) {
            throw PickleException.limit("a header that is nested too deep");
        }
        char first = peek();
        if (first == '{') {
            return map(depth);
        }
        if (first == '[') {
            return list(']', depth);
        }
        if (first == '(') {
            return list(')', depth);
        }
        if (first == '\'' || first == '"') {
            return string();
        }
        if (text.startsWith("True", at) || text.startsWith("False", at)) {
            boolean value = text.startsWith("True", at);
            at += value ? 4 : 5;
            return value;
        }
        return number();
    }

    private Map<String, Object> map(int depth) throws PickleException {
        Map<String, Object> map = new LinkedHashMap<>();
        at++;
        while (peek() != '}') {
            String key = string();
            expect(':');
            if (map.put(key, value(depth + 1)) != null) {
                throw PickleException.wrong("a header with " + key + " twice");
            }
            if (peek() != '}') {
                expect(',');
            }
        }
        at++;
        return map;
    }

    private List<Object> list(char end, int depth) throws PickleException {
        List<Object> list = new ArrayList<>();
        at++;
        while (peek() != end) {
            list.add(value(depth + 1));
            if (peek() != end) {
                expect(',');
            }
        }
        at++;
        return list;
    }

    private String string() throws PickleException {
        char quote = peek();
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw unexpected();
        }
        String string = text.substring(at + 1, end);
        at = end + 1;
        return string;
    }

    private Long number() throws PickleException {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start || at - start > 18) {
            throw unexpected();
        }
        Long number = Long.valueOf(text.substring(start, at));
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        return number;
    }

    private void expect(char expected) throws PickleException {
        if (peek() != expected) {
            throw unexpected();
        }
        at++;
    }

    private char peek() throws PickleException {
        blanks();
        if (at == text.length()) {
            throw unexpected();
        }
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
            at++;
        }
    }

    private PickleException unexpected() {
        return PickleException.wrong("a header that is not Python's at character " + at);
    }
}
