package io.github.mlmaven.serving.log;

import java.util.Optional;

/**
 * Where a request stands in a distributed trace, as W3C Trace Context's header {@code traceparent} says it.
 *
 * @param traceId 32 hexadecimal digits that name the trace
 * @param parentId 16 hexadecimal digits that name the caller's span
 */
public record TraceContext(String traceId, String parentId) {

    private static final int VERSION_END = 2;
    private static final int TRACE_END = 35;
    private static final int PARENT_END = 52;
    private static final int LENGTH = 55;

    /** Reads {@code 00-TRACE-PARENT-FLAGS} ("traceparent Header Field Values"); empty when it is anything else. */
    public static Optional<TraceContext> parse(String traceparent) {
        String text = traceparent;
        // A later version may go on after the flags; only version 00 ends there.
        boolean shaped = text.length() == LENGTH
                || (text.length() > LENGTH && text.charAt(LENGTH) == '-' && !text.startsWith("00"));
        boolean valid = shaped
                && text.charAt(VERSION_END) == '-'
                && text.charAt(TRACE_END) == '-'
                && text.charAt(PARENT_END) == '-'
                && isHex(text, 0, VERSION_END)
                && !text.startsWith("ff")
                && isId(text, VERSION_END + 1, TRACE_END)
                && isId(text, TRACE_END + 1, PARENT_END)
                && isHex(text, PARENT_END + 1, LENGTH);
        return valid
                ? Optional.of(new TraceContext(
                        text.substring(VERSION_END + 1, TRACE_END), text.substring(TRACE_END + 1, PARENT_END)))
                : Optional.empty();
    }

    private static boolean isId(String text, int from, int to) {
        return isHex(text, from, to) && text.substring(from, to).chars().anyMatch(c -> c != '0');
    }

    private static boolean isHex(String text, int from, int to) {
        return text.substring(from, to).chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
