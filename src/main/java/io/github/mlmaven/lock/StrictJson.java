package io.github.mlmaven.lock;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads JSON in which every field is known, of its type and there; whatever is not has a line and a column. */
final class StrictJson {

    private final JsonParser json;

    StrictJson(JsonParser json) {
        this.json = json;
    }

    String text() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        if (json.getText().isEmpty()) {
            throw wrong("an empty string", at());
        }
        return json.getText();
    }

    String textOrEmpty() throws IOException {
        expect(JsonToken.VALUE_STRING, "a string");
        return json.getText();
    }

    long number() throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getLongValue();
    }

    int smallNumber() throws IOException {
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getIntValue();
    }

    boolean yes() throws IOException {
        expect(JsonToken.VALUE_TRUE, "true");
        return true;
    }

    /** A digest without the name of its algorithm. */
    Digest sha256() throws IOException {
        String hex = text();
        return make(at(), () -> new Digest(hex));
    }

    /** A digest with the name of its algorithm. */
    Digest digest() throws IOException {
        String digest = text();
        return make(at(), () -> Digest.parse(digest));
    }

    <T> List<T> array(Field.Reader<T> element) throws IOException {
        expect(JsonToken.START_ARRAY, "an array");
        List<T> elements = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            elements.add(element.read());
        }
        return elements;
    }

    /** An object whose field names are data. */
    <T> SortedMap<String, T> map(Field.Reader<T> value) throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
        SortedMap<String, T> map = new TreeMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            map.put(name, value.read());
        }
        return map;
    }

    /** An object of exactly these fields, in any order; returns where it starts. */
    JsonLocation object(String what, Field<?>... fields) throws IOException {
        expect(JsonToken.START_OBJECT, "an object");
        JsonLocation start = at();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            Field<?> field = known(what, fields);
            json.nextToken();
            field.read();
        }
        for (Field<?> field : fields) {
            if (field.isMissing()) {
                throw wrong(what + " without \"" + field.name() + "\"", start);
            }
        }
        return start;
    }

    /** Makes a value of what was read; what the value itself refuses is wrong at the given place. */
    <T> T make(JsonLocation start, Supplier<T> value) throws IOException {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new JsonParseException(json, e.getMessage(), start, e);
        }
    }

    void next() throws IOException {
        json.nextToken();
    }

    void end() throws IOException {
        if (json.nextToken() != null) {
            throw wrong("something after the end", at());
        }
    }

    JsonLocation at() {
        return json.currentTokenLocation();
    }

    JsonParseException wrong(String what, JsonLocation where) {
        return new JsonParseException(json, what, where);
    }

    private Field<?> known(String what, Field<?>... fields) throws IOException {
        String name = json.currentName();
        for (Field<?> field : fields) {
            if (field.name().equals(name)) {
                return field;
            }
        }
        throw wrong(what + " with an unknown field \"" + name + "\"", at());
    }

    private void expect(JsonToken token, String what) throws IOException {
        if (json.currentToken() != token) {
            throw wrong(what + " expected, found " + (json.currentToken() == null ? "nothing" : json.getText()), at());
        }
    }
}
