package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The main graph's inputs and outputs ({@code ValueInfoProto}) as they are read. */
final class Signature {

    private final List<ValueInfo> inputs = new ArrayList<>();
    private final List<ValueInfo> outputs = new ArrayList<>();
    private final Problems problems;

    Signature(Problems problems) {
        this.problems = problems;
    }

    void readInput(ProtoInput in) throws IOException, MalformedProtoException {
        read(in, "input", inputs);
    }

    void readOutput(ProtoInput in) throws IOException, MalformedProtoException {
        read(in, "output", outputs);
    }

    private void read(ProtoInput in, String kind, List<ValueInfo> values) throws IOException, MalformedProtoException {
        if (values.size() == Limits.INPUTS_OR_OUTPUTS) {
            throw limit(
                    "the model has too many " + kind + "s",
                    "at most " + Limits.INPUTS_OR_OUTPUTS,
                    "more than " + Limits.INPUTS_OR_OUTPUTS);
        }
        String name = "";
        ValueType type = TypeReader.UNDEFINED;
        TypeReader types = new TypeReader(in, problems);
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> type = types.read();
                default -> {}
            }
        }
        if (name.isEmpty()) {
            problems.structure("an " + kind + " has no name", "a name", "none");
        } else if (type == TypeReader.UNDEFINED) {
            problems.structure(kind + " " + name + " has no type", "a type", "none");
        }
        values.add(new ValueInfo(name, type));
    }

    /** Judges the whole, once everything is read. */
    void check() {
        if (outputs.isEmpty()) {
            problems.structure("the model has no outputs", "at least one output", "none");
        }
        unique("inputs", inputs);
        unique("outputs", outputs);
    }

    private void unique(String kind, List<ValueInfo> values) {
        Map<String, Integer> counts = new TreeMap<>();
        values.forEach(value -> counts.merge(value.name(), 1, Integer::sum));
        counts.forEach((name, count) -> {
            if (count > 1 && !name.isEmpty()) {
                problems.structure(count + " " + kind + " are named " + name, "one", count.toString());
            }
        });
    }

    /** The inputs that a request must bring: initializers fill the others. */
    List<ValueInfo> inputs(Tally tally) {
        return inputs.stream()
                .filter(input -> !tally.isInitializer(input.name()))
                .toList();
    }

    List<ValueInfo> outputs() {
        return outputs;
    }
}
