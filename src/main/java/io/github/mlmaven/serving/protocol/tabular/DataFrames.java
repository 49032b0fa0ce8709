package io.github.mlmaven.serving.protocol.tabular;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementBuffer;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tables as pandas writes them in JSON. */
final class DataFrames {

    private static final String SPLIT = TabularForm.DATAFRAME_SPLIT.toString();
    private static final String DATA = SPLIT + ".data";
    private static final String RECORDS = TabularForm.DATAFRAME_RECORDS.toString();

    private final JsonText document;
    private final List<InputBuilder> inputs;

    /** @param document to come back to what stands before its columns' names */
    DataFrames(JsonText document, List<InputBuilder> inputs) {
        this.document = document;
        this.inputs = inputs;
    }

    /** Reads {@code {"columns":[…],"index":[…],"data":[[…]]}}, whatever the order; the index says nothing to a model. */
    List<Tensor> split(JsonParser json) throws IOException {
        expect(json, JsonToken.START_OBJECT, SPLIT, "an object");
        Optional<Columns> columns = Optional.empty();
        boolean read = false;
        int dataAt = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            boolean again = (field.equals("columns") && columns.isPresent()) || (field.equals("data") && dataAt >= 0);
            if (again) {
                throw new TensorFormatException(SPLIT + ": \"" + field + "\" is given twice");
            } else if (field.equals("columns")) {
                columns = Optional.of(Columns.bind(SPLIT + ".columns", names(json), inputs));
            } else if (field.equals("data")) {
                dataAt = position(json);
                if (columns.isPresent()) {
                    rows(json, columns.get());
                    read = true;
                } else {
                    json.skipChildren();
                }
            } else {
                json.skipChildren();
            }
        }
        if (columns.isEmpty() || dataAt < 0) {
            throw new TensorFormatException(SPLIT + " has no \"" + (columns.isEmpty() ? "columns" : "data") + '"');
        }
        if (!read) {
            try (JsonParser data = document.parserAt(dataAt)) {
                data.nextToken();
                rows(data, columns.get());
            }
        }
        return columns.get().build();
    }

    /** Reads {@code [{COLUMN:CELL,…},…]}; the first record says what columns there are, and in which order. */
    List<Tensor> records(JsonParser json) throws IOException {
        expect(json, JsonToken.START_ARRAY, RECORDS, "an array");
        Optional<Columns> columns = Optional.empty();
        for (int row = 0; json.nextToken() != JsonToken.END_ARRAY; row++) {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                expect(json, JsonToken.START_OBJECT, RECORDS + at(row), "an object");
            }
            if (columns.isPresent()) {
                record(json, columns.get(), row);
            } else {
                int start = position(json);
                columns = Optional.of(Columns.bind(RECORDS, keys(json), inputs));
                try (JsonParser first = document.parserAt(start)) {
                    first.nextToken();
                    record(first, columns.get(), row);
                }
            }
        }
        return columns.orElseThrow(() -> new TensorFormatException(RECORDS + ": expected at least one, found none"))
                .build();
    }

    private static void rows(JsonParser json, Columns columns) throws IOException {
        expect(json, JsonToken.START_ARRAY, DATA, "an array");
        int row = 0;
        for (; json.nextToken() != JsonToken.END_ARRAY; row++) {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                expect(json, JsonToken.START_ARRAY, DATA + at(row), "an array");
            }
            int column = 0;
            for (; json.nextToken() != JsonToken.END_ARRAY; column++) {
                if (column < columns.size()) {
                    cell(json, columns, column, DATA, row);
                } else {
                    json.skipChildren();
                }
            }
            if (column != columns.size()) {
                throw new TensorFormatException(
                        DATA + at(row) + ": expected " + columns.size() + " values as columns, found " + column);
            }
            columns.endRow();
        }
        if (row == 0) {
            throw new TensorFormatException(DATA + ": expected at least one row, found none");
        }
    }

    /** The parser stands at the record's first token and is left at its last. */
    private void record(JsonParser json, Columns columns, int row) throws IOException {
        int column = 0;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (column == columns.size() || !json.currentName().equals(columns.name(column))) {
                inAnotherOrder(json, columns, column, row);
                return;
            }
            json.nextToken();
            cell(json, columns, column++, RECORDS, row);
        }
        if (column < columns.size()) {
            throw new TensorFormatException(RECORDS + at(row) + ": missing column " + columns.name(column));
        }
        columns.endRow();
    }

    /** Reads the columns from {@code begin} on in their own order; the parser stands at a key of another one. */
    private void inAnotherOrder(JsonParser json, Columns columns, int begin, int row) throws IOException {
        Map<String, Integer> byName = new HashMap<>();
        for (int i = begin; i < columns.size(); i++) {
            byName.put(columns.name(i), i);
        }
        int[] begins = new int[columns.size()];
        int[] ends = new int[columns.size()];
        do {
            Integer column = byName.remove(json.currentName());
            if (column == null) {
                throw new TensorFormatException(RECORDS + at(row) + ": column "
                        + ElementBuffer.shortened(json.currentName()) + " is given twice, or not in the first record");
            }
            json.nextToken();
            begins[column] = position(json);
            json.skipChildren();
            json.finishToken();
            ends[column] = (int) json.currentLocation().getByteOffset();
        } while (json.nextToken() == JsonToken.FIELD_NAME);
        if (!byName.isEmpty()) {
            throw new TensorFormatException(RECORDS + at(row) + ": missing column "
                    + columns.name(
                            byName.values().stream().min(Integer::compare).orElseThrow()));
        }
        for (int i = begin; i < columns.size(); i++) {
            try (JsonParser cell = document.parserOf(begins[i], ends[i])) {
                cell.nextToken();
                cell(cell, columns, i, RECORDS, row);
            }
        }
        columns.endRow();
    }

    private static void cell(JsonParser json, Columns columns, int column, String table, int row) throws IOException {
        try {
            if (columns.isElement(column)) {
                columns.target(column).element(json);
            } else {
                columns.target(column).row(json);
            }
        } catch (TensorFormatException e) {
            throw new TensorFormatException(
                    table + at(row) + ": column " + ElementBuffer.shortened(columns.name(column)) + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private static List<String> names(JsonParser json) throws IOException {
        expect(json, JsonToken.START_ARRAY, SPLIT + ".columns", "an array");
        List<String> names = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            // A table made without names has numbers.
            if (json.currentToken() != JsonToken.VALUE_STRING && json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
                throw new TensorFormatException(SPLIT + ".columns[" + names.size() + "]: expected a string, found "
                        + ElementBuffer.found(json));
            }
            add(names, json.getText(), SPLIT + ".columns");
        }
        return names;
    }

    private static List<String> keys(JsonParser json) throws IOException {
        List<String> names = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            add(names, json.currentName(), RECORDS);
            json.nextToken();
            json.skipChildren();
        }
        return names;
    }

    private static void add(List<String> names, String name, String where) throws TensorFormatException {
        if (names.size() == Columns.MAX) {
            throw new TensorFormatException(where + ": expected at most " + Columns.MAX + " columns");
        }
        names.add(name);
    }

    private static void expect(JsonParser json, JsonToken token, String where, String wanted) throws IOException {
        if (json.currentToken() != token) {
            throw new TensorFormatException(where + ": expected " + wanted + ", found " + ElementBuffer.found(json));
        }
    }

    private static String at(int row) {
        return "[" + row + "]";
    }

    private static int position(JsonParser json) {
        return (int) json.currentTokenLocation().getByteOffset();
    }
}
