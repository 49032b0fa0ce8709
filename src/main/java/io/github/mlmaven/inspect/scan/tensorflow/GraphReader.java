package io.github.mlmaven.inspect.scan.tensorflow;

import io.github.mlmaven.inspect.scan.proto.NotProtoException;
import io.github.mlmaven.inspect.scan.proto.ProtoFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads graphs of TensorFlow for their operators: {@code SavedModel}, {@code MetaGraphDef} and {@code GraphDef}, with
 * the functions of their libraries. What is not of these messages is not TensorFlow's.
 *
 * @see <a href="https://github.com/tensorflow/tensorflow/tree/master/tensorflow/core/framework">graph.proto,
 *     node_def.proto, function.proto, attr_value.proto</a>
 */
final class GraphReader {

    private static final int NAME = 1024;
    private static final int TEXT = 256;
    private static final int MOST_TEXTS = 16;

    private final ProtoFields in;
    private final OperatorUse operators;
    private boolean saver;
    private boolean assets;

    GraphReader(ProtoFields in, OperatorUse operators) {
        this.in = in;
        this.operators = operators;
    }

    boolean hasSaver() {
        return saver;
    }

    boolean hasAssets() {
        return assets;
    }

    /** saved_model.proto. */
    void savedModel() throws IOException, NotProtoException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> in.number();
                case 2 -> {
                    in.enter();
                    metaGraph();
                }
                default -> throw unknownField();
            }
        }
    }

    /** meta_graph.proto. */
    void metaGraph() throws IOException, NotProtoException {
        while (in.next()) {
            in.size();
            switch (in.field()) {
                case 1, 4, 5, 7 -> {}
                case 2 -> {
                    in.enter();
                    graph();
                }
                // In TensorFlow 2 it is there whenever there are variables.
                case 3 -> saver = true;
                case 6 -> assets = true;
                default -> throw unknownField();
            }
        }
    }

    /** graph.proto. */
    void graph() throws IOException, NotProtoException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> node("");
                case 2 -> {
                    in.enter();
                    library();
                }
                case 3 -> in.number();
                case 4, 5 -> in.size();
                default -> throw unknownField();
            }
        }
    }

    /** FunctionDefLibrary of function.proto. */
    private void library() throws IOException, NotProtoException {
        while (in.next()) {
            in.size();
            if (in.field() == 1) {
                in.enter();
                function();
            } else if (in.field() == 2 || in.field() == 3) {
                in.enter();
                gradient();
            } else {
                throw unknownField();
            }
        }
    }

    /** The name of a function stands before its nodes in all files that TensorFlow writes; else they have none. */
    private void function() throws IOException, NotProtoException {
        String name = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> {
                    in.enter();
                    name = firstText();
                    operators.function(name);
                }
                case 3 -> node(name.isEmpty() ? "?" : name);
                default -> {}
            }
        }
    }

    private void gradient() throws IOException, NotProtoException {
        while (in.next()) {
            if (in.field() == 2) {
                operators.called(in.text(NAME), "gradient", "");
            }
        }
    }

    /** Field 1 of the message, the rest of which is skipped. */
    private String firstText() throws IOException, NotProtoException {
        String text = "";
        while (in.next()) {
            if (in.field() == 1) {
                text = in.text(NAME);
            }
        }
        return text;
    }

    private void node(String function) throws IOException, NotProtoException {
        long start = in.offset();
        in.enter();
        String name = "";
        String operator = "";
        Attributes attributes = new Attributes();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text(NAME);
                case 2 -> operator = in.text(NAME);
                case 5 -> {
                    in.enter();
                    attribute(attributes);
                }
                default -> in.size();
            }
        }
        if (name.isEmpty() || !operator.matches("[A-Za-z0-9_.>/$-]+")) {
            throw new NotProtoException("no node of TensorFlow", start);
        }
        operators.node(operator, name, function);
        for (String called : attributes.functions) {
            operators.called(called, name, function);
        }
        for (String reach : attributes.reaches) {
            operators.reaches(operator + " with " + reach, name, function);
        }
    }

    private static final class Attributes {
        private final List<String> functions = new ArrayList<>();
        private final List<String> reaches = new ArrayList<>();
    }

    private void attribute(Attributes attributes) throws IOException, NotProtoException {
        String key = "";
        List<String> texts = new ArrayList<>();
        while (in.next()) {
            if (in.field() == 1) {
                key = in.text(NAME);
            } else if (in.field() == 2) {
                in.enter();
                value(attributes, texts);
            }
        }
        for (String text : texts) {
            if (AttributeReach.reaches(key, text) && attributes.reaches.size() < MOST_TEXTS) {
                attributes.reaches.add(key + " " + text);
            }
        }
    }

    /** AttrValue: 1 a list of such values, 2 a text, 10 a function. */
    private void value(Attributes attributes, List<String> texts) throws IOException, NotProtoException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> {
                    in.enter();
                    list(attributes, texts);
                }
                case 2 -> text(texts);
                case 10 -> {
                    in.enter();
                    called(attributes);
                }
                default -> {}
            }
        }
    }

    private void list(Attributes attributes, List<String> texts) throws IOException, NotProtoException {
        while (in.next()) {
            if (in.field() == 2) {
                text(texts);
            } else if (in.field() == 9) {
                in.enter();
                called(attributes);
            }
        }
    }

    private void text(List<String> texts) throws IOException, NotProtoException {
        String text = in.text(TEXT);
        if (texts.size() < MOST_TEXTS) {
            texts.add(text);
        }
    }

    /** NameAttrList; not deeper than protobuf itself reads. */
    private void called(Attributes attributes) throws IOException, NotProtoException {
        while (in.next()) {
            if (in.field() == 1) {
                String name = in.text(NAME);
                // Only names of operators are of interest, and there are few of those.
                if (TensorFlowOperators.danger(name).isPresent() && attributes.functions.size() < MOST_TEXTS) {
                    attributes.functions.add(name);
                }
            } else if (in.field() == 2) {
                in.enter();
                attribute(attributes);
            }
        }
    }

    private NotProtoException unknownField() {
        return new NotProtoException("field " + in.field() + ", which TensorFlow has not,", in.offset());
    }
}
