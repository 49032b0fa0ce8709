package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.inspect.onnx.TensorScan.Scanned;
import java.io.IOException;

/** Reads {@code GraphProto} and what nests in it; the main graph's inputs and outputs go to a {@link Signature}. */
final class GraphReader {

    private final ProtoInput in;
    private final TensorScan tensors;
    private final Problems problems;

    GraphReader(ProtoInput in, TensorScan tensors, Problems problems) {
        this.in = in;
        this.tensors = tensors;
        this.problems = problems;
    }

    /** Reads the model's own graph. */
    void readMain(Tally tally, Signature signature) throws IOException, MalformedProtoException {
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> readNode(tally);
                case 5 -> initializer(tensors.read(), tally);
                case 11 -> signature.readInput(in);
                case 12 -> signature.readOutput(in);
                case 15 -> initializer(tensors.readSparse(), tally);
                default -> {}
            }
        }
    }

    private void initializer(Scanned tensor, Tally tally) throws MalformedProtoException {
        if (tensor.name().isEmpty()) {
            problems.structure("an initializer has no name", "a name", "none");
        } else if (!tally.addInitializer(tensor.name())) {
            problems.structure("two initializers are named " + tensor.name(), "one", "two");
        }
        count(tensor, tally);
    }

    private void count(Scanned tensor, Tally tally) {
        if (!tally.addParameters(tensor.elements())) {
            problems.structure("the initializers have more elements than can be counted", "at most 2^63-1", "more");
        }
    }

    /** Reads a subgraph, in an attribute or in {@code training_info}. */
    void readSubgraph(Tally tally) throws IOException, MalformedProtoException {
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> readNode(tally);
                case 5 -> count(tensors.read(), tally);
                case 15 -> count(tensors.readSparse(), tally);
                default -> {}
            }
        }
    }

    /** Reads a {@code FunctionProto}: its nodes and the defaults of its attributes. */
    void readFunction(Tally tally) throws IOException, MalformedProtoException {
        String name = "";
        String domain = "";
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 7 -> readNode(tally);
                case 10 -> domain = in.text();
                case 11 -> readAttribute(tally, new TextNode());
                default -> {}
            }
        }
        tally.operators().define(domain, name);
    }

    /** Reads {@code TrainingInfoProto}: no engine runs it here, but its external data must be as safe as all other. */
    void readTraining() throws IOException, MalformedProtoException {
        Tally notCounted = new Tally();
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1, 2 -> readSubgraph(notCounted);
                default -> {}
            }
        }
    }

    private void readNode(Tally tally) throws IOException, MalformedProtoException {
        long offset = in.offset();
        String type = "";
        String domain = "";
        TextNode text = new TextNode();
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 4 -> type = in.text();
                case 5 -> readAttribute(tally, text);
                case 7 -> domain = in.text();
                default -> {}
            }
        }
        if (type.isEmpty()) {
            problems.structure("a node has no operator at byte " + offset, "an operator", "none");
        } else {
            tally.addNode(domain, type);
            if (type.equals(TextNode.TYPE)) {
                text.locale().ifPresent(tally::addLocale);
            }
        }
    }

    private void readAttribute(Tally tally, TextNode node) throws IOException, MalformedProtoException {
        node.attribute();
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1, 3, 4, 9 -> node.read(in);
                case 5, 10 -> tensors.read();
                case 6, 11 -> readSubgraph(tally);
                case 22, 23 -> tensors.readSparse();
                default -> {}
            }
        }
    }
}
