package io.github.mlmaven.verify.signature;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.InputStream;

/** Reads JSON of which some fields are known and all others passed over; a field that is there twice is an error. */
final class JsonFields {

    /** Deeper than any bundle, whose deepest is the proof of a transparency log. */
    private static final int MAX_DEPTH = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(SignatureFile.MAX_BYTES)
                    .maxNameLength(1_000)
                    .build())
            .build();

    private final JsonParser json;

    private JsonFields(JsonParser json) {
        this.json = json;
    }

    /** Is given each field of an object, to read its value or leave it. */
    interface Fields {
        void read(String name) throws IOException;
    }

    /** Is given each element of an array, to read it or leave it. */
    interface Elements {
        void read() throws IOException;
    }

    /** Reads a document. */
    interface Document<T> {
        T read(JsonFields json) throws IOException;
    }

    static <T> T read(InputStream in, Document<T> document) throws IOException {
        try (JsonParser parser = JSON.createParser(in)) {
            parser.nextToken();
            T read = document.read(new JsonFields(parser));
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "something after the end");
            }
            return read;
        }
    }

    void object(String what, Fields fields) throws IOException {
        expect(what, JsonToken.START_OBJECT, "an object");
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            fields.read(name);
            skip(value);
        }
    }

    void array(String what, Elements elements) throws IOException {
        expect(what, JsonToken.START_ARRAY, "an array");
        while (json.nextToken() != JsonToken.END_ARRAY) {
            JsonToken value = json.currentToken();
            elements.read();
            skip(value);
        }
    }

    String text(String what) throws IOException {
        expect(what, JsonToken.VALUE_STRING, "a string");
        return json.getText();
    }

    /** Base64; decoded from the stream, so that the text is never in memory. */
    byte[] bytes(String what) throws IOException {
        expect(what, JsonToken.VALUE_STRING, "base64");
        return json.getBinaryValue();
    }

    /** A whole number, which the JSON of protobuf may write as a string. */
    long number(String what) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING && json.getText().matches("\\d{1,18}")) {
            return Long.parseLong(json.getText());
        }
        expect(what, JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getLongValue();
    }

    /** A value that its reader left; of one that was read, the parser stands at the end already. */
    private void skip(JsonToken begun) throws IOException {
        if (json.currentToken() == begun) {
            json.skipChildren();
        }
    }

    private void expect(String what, JsonToken token, String name) throws IOException {
        if (json.currentToken() != token) {
            throw new JsonParseException(json, what + " is not " + name, json.currentTokenLocation());
        }
    }
}
