package io.github.mlmaven.serving;

import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Golden inputs as tables: a vector is a column, a matrix as many as it is wide. */
final class GoldenTable {

    private final List<String> columns = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> instances = new ArrayList<>();

    GoldenTable(List<Tensor> inputs) {
        List<ByteBuffer> data = inputs.stream().map(Tensor::data).toList();
        for (Tensor input : inputs) {
            int width = width(input);
            IntStream.range(0, width)
                    .mapToObj(i -> width == 1 ? input.name() : input.name() + "_" + i)
                    .forEach(columns::add);
        }
        for (int row = 0; row < inputs.get(0).shape()[0]; row++) {
            List<String> cells = new ArrayList<>();
            List<String> fields = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                Tensor input = inputs.get(i);
                ByteBuffer values = data.get(i);
                List<String> own = Stream.generate(() -> number(input, values))
                        .limit(width(input))
                        .toList();
                cells.addAll(own);
                fields.add("\"" + input.name() + "\":[" + String.join(",", own) + "]");
            }
            rows.add(cells);
            instances.add("{" + String.join(",", fields) + "}");
        }
    }

    int size() {
        return rows.size();
    }

    String split() {
        return "{\"dataframe_split\":{\"columns\":" + quoted(columns) + ",\"data\":"
                + rows.stream().map(row -> "[" + String.join(",", row) + "]").collect(list()) + "}}";
    }

    /** With the keys of all records but the first in the opposite order. */
    String records() {
        List<String> records = new ArrayList<>();
        for (List<String> row : rows) {
            Stream<Integer> order =
                    IntStream.range(0, columns.size()).mapToObj(i -> records.isEmpty() ? i : columns.size() - 1 - i);
            records.add(order.map(i -> "\"" + columns.get(i) + "\":" + row.get(i))
                    .collect(Collectors.joining(",", "{", "}")));
        }
        return "{\"dataframe_records\":" + records.stream().collect(list()) + "}";
    }

    String instances() {
        return "{\"instances\":" + instances.stream().collect(list()) + "}";
    }

    String csv() {
        return String.join(
                "\r\n",
                Stream.concat(Stream.of(columns), rows.stream())
                        .map(row -> String.join(",", row))
                        .toList());
    }

    private static int width(Tensor input) {
        return (int) (input.elements() / input.shape()[0]);
    }

    private static String number(Tensor input, ByteBuffer data) {
        return switch (input.datatype()) {
            case FP32 -> Float.toString(data.getFloat());
            case FP64 -> Double.toString(data.getDouble());
            case INT64 -> Long.toString(data.getLong());
            case INT32 -> Integer.toString(data.getInt());
            default -> throw new IllegalArgumentException(input.datatype().name());
        };
    }

    private static String quoted(List<String> names) {
        return names.stream().map(name -> "\"" + name + "\"").collect(list());
    }

    private static Collector<CharSequence, ?, String> list() {
        return Collectors.joining(",", "[", "]");
    }
}
