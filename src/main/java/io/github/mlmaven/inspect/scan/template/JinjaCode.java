package io.github.mlmaven.inspect.scan.template;

/**
 * The code of a Jinja template: what stands in {@code {{ }}} and {@code {% %}}; the text around it is only printed.
 * Texts in the code are unescaped as Python does, so that {@code "\x5f"} is an underscore.
 *
 * @see <a href="https://jinja.palletsprojects.com/templates/#synopsis">Jinja's synopsis</a>
 */
final class JinjaCode {

    /** Before a text in the code, behind it, and before a statement; a template's own ones are dropped. */
    static final char TEXT = '\u0001';

    static final char TEXT_END = '\u0002';
    static final char STATEMENT = '\u0003';

    private final String template;
    private final StringBuilder code = new StringBuilder();
    private int at;

    private JinjaCode(String template) {
        this.template = template;
    }

    /** All code, one piece behind the other. */
    static String of(String template) {
        JinjaCode reader = new JinjaCode(template);
        reader.read();
        return reader.code.toString();
    }

    private void read() {
        while (at + 1 < template.length()) {
            char second = template.charAt(at + 1);
            if (template.charAt(at) != '{' || (second != '#' && second != '{' && second != '%')) {
                at++;
            } else if (second == '#') {
                int end = template.indexOf("#}", at + 2);
                at = end < 0 ? template.length() : end + 2;
            } else {
                at += 2;
                code.append(second == '%' ? STATEMENT : ' ');
                readCode(second == '%' ? '%' : '}');
            }
        }
    }

    /** Up to the closing marks outside texts and brackets, as Jinja's lexer has it. */
    private void readCode(char close) {
        int open = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c == '\'' || c == '"') {
                readText(c);
                continue;
            }
            if (open == 0 && c == close && template.startsWith("}", at + 1)) {
                at += 2;
                code.append(' ');
                return;
            }
            if ("([{".indexOf(c) >= 0) {
                open++;
            } else if (")]}".indexOf(c) >= 0) {
                open = Math.max(0, open - 1);
            }
            if (c > STATEMENT) {
                code.append(c);
            }
            at++;
        }
    }

    private void readText(char quote) {
        code.append(TEXT);
        at++;
        while (at < template.length() && template.charAt(at) != quote) {
            char c = template.charAt(at);
            if (c == '\\' && at + 1 < template.length()) {
                readEscape();
            } else {
                if (c > STATEMENT) {
                    code.append(c);
                }
                at++;
            }
        }
        at++;
        code.append(TEXT_END);
    }

    private void readEscape() {
        char kind = template.charAt(at + 1);
        int digits = switch (kind) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
        at += 2;
        if (kind == 'N' && template.startsWith("{", at)) {
            // \N{LOW LINE}: whoever names a character here hides it, and that one is worth hiding.
            int end = template.indexOf('}', at);
            at = end < 0 ? template.length() : end + 1;
            code.append('_');
        } else if (digits > 0) {
            number(digits, 16);
        } else if (kind >= '0' && kind <= '7') {
            at--;
            number(3, 8);
        } else if (kind != '\n' && kind > STATEMENT) {
            code.append(kind);
        }
    }

    private void number(int most, int radix) {
        long value = 0;
        for (int i = 0; i < most && at < template.length(); i++) {
            int digit = Character.digit(template.charAt(at), radix);
            if (digit < 0) {
                break;
            }
            value = value * radix + digit;
            at++;
        }
        if (value > STATEMENT && value <= Character.MAX_CODE_POINT) {
            code.appendCodePoint((int) value);
        }
    }
}
