package io.github.mlmaven.inspect.scan.tensors;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.Shown;
import java.io.IOException;
import java.util.Optional;

/** One tensor of a safetensors header while it is read: its dtype, shape and offsets, each exactly once. */
final class SafetensorsEntry {

    private static final int MAX_RANK = 64;

    private final JsonParser json;
    private final String name;
    private Optional<String> dtype = Optional.empty();
    private long elements = -1;
    private long start = -1;
    private long end = -1;

    private SafetensorsEntry(JsonParser json, String name) {
        this.json = json;
        this.name = name;
    }

    /** Reads one; the parser stands before its value. */
    static SafetensorsEntry read(JsonParser json, String name) throws IOException, MalformedException {
        SafetensorsEntry entry = new SafetensorsEntry(json, "tensor " + Shown.of(name));
        entry.read();
        return entry;
    }

    long start() {
        return start;
    }

    long end() {
        return end;
    }

    private void read() throws IOException, MalformedException {
        expect(json.nextToken() == JsonToken.START_OBJECT, "is not an object", "an object");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.currentName()) {
                case "dtype" -> readDtype();
                case "shape" -> readShape();
                case "data_offsets" -> readOffsets();
                default ->
                    throw corrupt(
                            name + " has a key that the format does not have",
                            "dtype, shape and data_offsets",
                            Shown.of(json.currentName()));
            }
        }
        if (dtype.isEmpty() || elements < 0 || start < 0) {
            String missing = dtype.isEmpty() ? "dtype" : elements < 0 ? "shape" : "data_offsets";
            throw corrupt(name + " has no " + missing, "dtype, shape and data_offsets", "no " + missing);
        }
        checkSize();
    }

    private void checkSize() throws MalformedException {
        if (start > end) {
            throw corrupt(name + " ends before it starts", "an end from " + start + " on", Long.toString(end));
        }
        int bits = SafetensorsType.bits(dtype.get())
                .orElseThrow(() -> corrupt(
                        name + " has an unknown dtype", "a dtype of safetensors, such as F32", Shown.of(dtype.get())));
        long size;
        try {
            size = Math.multiplyExact(elements, (long) bits);
        } catch (ArithmeticException e) {
            throw tooMany();
        }
        if (size % 8 != 0) {
            throw corrupt(name + " does not fill its last byte", "a multiple of 8 bits", size + " bits");
        }
        if (size / 8 != end - start) {
            throw corrupt(
                    name + " has another size than its shape and dtype", size / 8 + " bytes", end - start + " bytes");
        }
    }

    private void readDtype() throws IOException, MalformedException {
        expect(dtype.isEmpty(), "has dtype twice", "it once");
        expect(json.nextToken() == JsonToken.VALUE_STRING, "has a dtype that is no text", "a text");
        dtype = Optional.of(json.getText());
    }

    private void readShape() throws IOException, MalformedException {
        expect(elements < 0, "has shape twice", "it once");
        expect(json.nextToken() == JsonToken.START_ARRAY, "has a shape that is no list", "a list of sizes");
        elements = 1;
        boolean empty = false;
        int rank = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            long size = size("shape");
            expect(++rank <= MAX_RANK, "has too many dimensions", "at most " + MAX_RANK);
            empty |= size == 0;
            try {
                elements = Math.multiplyExact(elements, Math.max(1, size));
            } catch (ArithmeticException e) {
                throw tooMany();
            }
        }
        elements = empty ? 0 : elements;
    }

    private void readOffsets() throws IOException, MalformedException {
        expect(start < 0, "has data_offsets twice", "it once");
        expect(json.nextToken() == JsonToken.START_ARRAY, "has data_offsets that are no list", "a list of two");
        json.nextToken();
        start = size("data_offsets");
        json.nextToken();
        end = size("data_offsets");
        expect(json.nextToken() == JsonToken.END_ARRAY, "has data_offsets of more than two", "a list of two");
    }

    private long size(String key) throws IOException, MalformedException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw corrupt(
                    name + " has something in its " + key + " that is no size", "a whole number", "another value");
        }
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER || json.getLongValue() < 0) {
            throw corrupt(name + " has an impossible number in its " + key, "0 to 2^63-1", Shown.of(json.getText()));
        }
        return json.getLongValue();
    }

    private MalformedException tooMany() {
        return corrupt(name + " has more elements than can be counted", "at most 2^63-1 bits", "more");
    }

    private void expect(boolean fulfilled, String otherwise, String expected) throws MalformedException {
        if (!fulfilled) {
            throw corrupt(name + " " + otherwise, expected, "something else");
        }
    }
}
