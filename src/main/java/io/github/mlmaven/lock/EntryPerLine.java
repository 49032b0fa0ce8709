package io.github.mlmaven.lock;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Indents JSON so that it diffs and merges well: every field of an object has its line, and so has every element of an
 * array, however much that element holds.
 */
final class EntryPerLine implements PrettyPrinter {

    /** A structure that is open at the moment. */
    private enum Open {
        OBJECT,
        ARRAY,
        ON_ONE_LINE
    }

    private final Deque<Open> open = new ArrayDeque<>();

    @Override
    public void writeRootValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw('\n');
    }

    @Override
    public void writeStartObject(JsonGenerator json) throws IOException {
        start(json, '{', Open.OBJECT);
    }

    @Override
    public void writeStartArray(JsonGenerator json) throws IOException {
        start(json, '[', Open.ARRAY);
    }

    @Override
    public void beforeObjectEntries(JsonGenerator json) throws IOException {
        breakLine(json);
    }

    @Override
    public void beforeArrayValues(JsonGenerator json) throws IOException {
        breakLine(json);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator json) throws IOException {
        json.writeRaw(": ");
    }

    @Override
    public void writeObjectEntrySeparator(JsonGenerator json) throws IOException {
        separate(json);
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
        separate(json);
    }

    @Override
    public void writeEndObject(JsonGenerator json, int entries) throws IOException {
        end(json, '}', entries);
    }

    @Override
    public void writeEndArray(JsonGenerator json, int values) throws IOException {
        end(json, ']', values);
    }

    private void start(JsonGenerator json, char bracket, Open kind) throws IOException {
        boolean isElement = open.peek() == Open.ARRAY || open.peek() == Open.ON_ONE_LINE;
        open.push(isElement ? Open.ON_ONE_LINE : kind);
        json.writeRaw(bracket);
    }

    private void separate(JsonGenerator json) throws IOException {
        json.writeRaw(open.peek() == Open.ON_ONE_LINE ? ", " : ",");
        breakLine(json);
    }

    private void end(JsonGenerator json, char bracket, int entries) throws IOException {
        Open closed = open.pop();
        if (closed != Open.ON_ONE_LINE && entries > 0) {
            lineAt(json, open.size());
        }
        json.writeRaw(bracket);
    }

    private void breakLine(JsonGenerator json) throws IOException {
        if (open.peek() != Open.ON_ONE_LINE) {
            lineAt(json, open.size());
        }
    }

    private static void lineAt(JsonGenerator json, int depth) throws IOException {
        json.writeRaw('\n');
        json.writeRaw("  ".repeat(depth));
    }
}
