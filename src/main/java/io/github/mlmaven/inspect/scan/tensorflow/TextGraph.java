package io.github.mlmaven.inspect.scan.tensorflow;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/** The same messages as {@link GraphReader} reads, by their names instead of numbers. */
final class TextGraph {

    private static final int DEPTH = 100;
    private static final Set<String> OUTERMOST = Set.of(
            "saved_model_schema_version",
            "meta_graphs",
            "meta_info_def",
            "graph_def",
            "saver_def",
            "collection_def",
            "signature_def",
            "asset_file_def",
            "object_graph_def",
            "node",
            "library",
            "version",
            "versions",
            "debug_info");

    private final TextTokens tokens;
    private final OperatorUse operators;
    private final Deque<Message> open = new ArrayDeque<>();
    private boolean saver;
    private boolean assets;

    TextGraph(TextTokens tokens, OperatorUse operators) {
        this.tokens = tokens;
        this.operators = operators;
    }

    /** A message that is being read: its field, and of what is in it the texts that matter. */
    private static final class Message {
        private final String field;
        private String name = "";
        private String operator = "";
        private String key = "";

        Message(String field) {
            this.field = field;
        }
    }

    boolean hasSaver() {
        return saver;
    }

    boolean hasAssets() {
        return assets;
    }

    /** Until the end, or until something that is not such a message. */
    void read() throws IOException {
        String field = "";
        for (TextTokens.Kind token = tokens.next(); token != TextTokens.Kind.END; token = tokens.next()) {
            String value = tokens.value();
            if (field.isEmpty() && !OUTERMOST.contains(value)) {
                return;
            } else if (token == TextTokens.Kind.TEXT) {
                text(field, value);
            } else if (token == TextTokens.Kind.NAME) {
                // A value that is a name or number is passed as if it were a field, which the next one replaces.
                field = value;
            } else if (value.equals("{") || value.equals("<")) {
                if (open.size() == DEPTH) {
                    return;
                }
                enter(field);
            } else if (value.equals("}") || value.equals(">")) {
                if (open.isEmpty()) {
                    return;
                }
                Message message = open.pop();
                leave(message);
                // In a list the next message is one of the same field.
                field = message.field;
            } else if (!":;,[]".contains(value)) {
                return;
            }
        }
    }

    private void enter(String field) {
        saver |= field.equals("saver_def") || field.equals("meta_graphs");
        assets |= field.equals("asset_file_def");
        open.push(new Message(field));
    }

    private void text(String field, String text) {
        Message message = open.peek();
        if (message == null) {
            return;
        }
        switch (field) {
            case "name" -> named(message, text);
            case "op" -> message.operator = text;
            case "key" -> message.key = text;
            case "s" -> reach(text);
            default -> {}
        }
    }

    private void named(Message message, String name) {
        message.name = name;
        if (message.field.equals("signature")) {
            operators.function(name);
        } else if (message.field.equals("func")) {
            operators.called(name, node(), "");
        }
    }

    private void reach(String text) {
        for (Message message : open) {
            if (AttributeReach.reaches(message.key, text)) {
                operators.reaches(message.key + " " + text, node(), "");
            }
        }
    }

    private void leave(Message message) {
        if ((message.field.equals("node") || message.field.equals("node_def")) && !message.operator.isEmpty()) {
            operators.node(message.operator, message.name, "");
        }
    }

    private String node() {
        return open.stream()
                .filter(message -> message.field.startsWith("node"))
                .map(message -> message.name)
                .findFirst()
                .orElse("");
    }
}
