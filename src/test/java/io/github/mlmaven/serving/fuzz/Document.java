package io.github.mlmaven.serving.fuzz;

import static java.util.stream.Collectors.joining;

import io.github.mlmaven.model.Datatype;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A valid request of the Open Inference Protocol in JSON, each field as text, so that any of it can be made wrong. */
final class Document {

    private final String model;
    private final List<Map<String, String>> inputs = new ArrayList<>();
    private final Map<String, String> fields = new LinkedHashMap<>();

    private Document(String model) {
        this.model = model;
    }

    /** For the model that gives back what it gets; the input x has shape [n]. */
    static Document identity(Dice dice, Datatype datatype, int n) {
        Document document = new Document(model(datatype));
        List<String> data = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            data.add(Values.valid(dice, datatype));
        }
        document.add(dice, "x", datatype, List.of(n), data);
        return document;
    }

    /** Of a datatype and a size by chance. */
    static Document identity(Dice dice) {
        return identity(dice, dice.oneOf(Datatype.values()), dice.between(1, 5));
    }

    /** Two inputs of shape [rows,16]. */
    static Document addSub(Dice dice, int rows) {
        Document document = new Document("add-sub");
        for (String name : List.of("INPUT0", "INPUT1")) {
            List<String> data = new ArrayList<>();
            for (int i = 0; i < rows * 16; i++) {
                data.add(Values.valid(dice, Datatype.INT32));
            }
            document.add(dice, name, Datatype.INT32, List.of(rows, 16), data);
        }
        return document;
    }

    static String model(Datatype datatype) {
        return "identity-" + datatype.name().toLowerCase(Locale.ROOT);
    }

    /** Its fields in the order in which most clients write them, or in another one. */
    private void add(Dice dice, String name, Datatype datatype, List<Integer> shape, List<String> data) {
        Map<String, String> input = new LinkedHashMap<>();
        List<String> order = new ArrayList<>(List.of("name", "shape", "datatype", "data"));
        if (dice.below(3) == 0) {
            Collections.shuffle(order, new Random(dice.below(1000)));
        }
        order.forEach(field -> input.put(field, ""));
        input.put("name", '"' + name + '"');
        input.put("shape", shape.toString());
        input.put("datatype", '"' + datatype.name() + '"');
        input.put("data", data.toString());
        inputs.add(input);
    }

    /** Sets a field of an input. */
    Document input(int index, String field, String value) {
        inputs.get(index).put(field, value);
        return this;
    }

    /** Sets a field of the first input. */
    Document x(String field, String value) {
        return input(0, field, value);
    }

    Document without(String field) {
        inputs.get(0).remove(field);
        return this;
    }

    /** The same input once more. */
    Document again(int index) {
        inputs.add(inputs.get(index));
        return this;
    }

    Document withoutInput(int index) {
        inputs.remove(index);
        return this;
    }

    /** Sets a field besides the inputs. */
    Document field(String field, String value) {
        fields.put(field, value);
        return this;
    }

    /** One element of the first input becomes another. */
    Document element(int index, String value) {
        String data = inputs.get(0).get("data");
        List<String> elements = new ArrayList<>(
                Arrays.asList(data.substring(1, data.length() - 1).split(", ")));
        elements.set(index, value);
        return x("data", elements.toString());
    }

    String inputs() {
        return inputs.stream().map(Document::object).collect(joining(",", "[", "]"));
    }

    @Override
    public String toString() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("inputs", inputs());
        all.putAll(fields);
        return object(all);
    }

    private static String object(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> '"' + field.getKey() + "\":" + field.getValue())
                .collect(joining(",", "{", "}"));
    }

    Post post() {
        return Post.infer(model).body(toString());
    }

    /** The same with another body. */
    Post post(String body) {
        return Post.infer(model).body(body);
    }

    /** What is wrong with it is told with status 400. */
    Wrong wrong(String message) {
        return Wrong.of(post(), 400, message);
    }
}
