package io.github.mlmaven.inspect.scan.tensors;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.NameSet;
import io.github.mlmaven.inspect.scan.read.Shown;
import io.github.mlmaven.inspect.scan.read.StrictJson;
import java.io.IOException;

/**
 * The header of a safetensors file, held against the bytes behind it as the reference does: every tensor lies within
 * them, and together they fill them without a gap or an overlap, so that nothing can hide.
 *
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
final class SafetensorsHeader {

    /** Of the header: behind its length. */
    static final int START = 8;

    /** As the reference has it. */
    private static final long MAX_BYTES = 100_000_000;

    private static final int MAX_NAMES = 1_000_000;
    private static final String METADATA = "__metadata__";

    private final Content content;
    private final long length;
    private final NameSet names = new NameSet();
    private final Intervals intervals = new Intervals();

    private SafetensorsHeader(Content content, long length) {
        this.content = content;
        this.length = length;
    }

    /** Judges the header and says how many tensors there are. */
    static int check(Content content) throws IOException, MalformedException {
        long length = new ByteReader(content).i64();
        if (length < 0 || length > MAX_BYTES) {
            throw corrupt(
                    "the header is longer than the format allows",
                    "at most " + MAX_BYTES + " bytes",
                    Long.toUnsignedString(length) + " bytes");
        }
        if (length > content.size() - START) {
            throw MalformedException.truncated(
                    "a header of " + length + " bytes", content.size() - START + " bytes for it");
        }
        SafetensorsHeader header = new SafetensorsHeader(content, length);
        header.read();
        header.checkOffsets();
        return header.intervals.size();
    }

    private void read() throws IOException, MalformedException {
        try (JsonParser json = open()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw corrupt("the header is not an object", "a JSON object", "something else");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (!names.add(name)) {
                    throw corrupt("the header has a key twice", "each key once", "another " + Shown.of(name));
                }
                if (names.size() > MAX_NAMES) {
                    throw MalformedException.limit("the header has too many keys", "at most " + MAX_NAMES, "more");
                }
                if (name.equals(METADATA)) {
                    readMetadata(json);
                } else {
                    SafetensorsEntry entry = SafetensorsEntry.read(json, name);
                    intervals.add(entry.start(), entry.end());
                }
            }
            if (json.nextToken() != null) {
                throw corrupt("something follows the header's object", "only spaces", "something else");
            }
        } catch (IOException e) {
            throw StrictJson.malformed("the header", e);
        }
    }

    /** Free text by name; nothing else may be in it. */
    private static void readMetadata(JsonParser json) throws IOException, MalformedException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw corrupt(METADATA + " is not an object", "an object of texts", "something else");
        }
        NameSet keys = new NameSet();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            if (!keys.add(key)) {
                throw corrupt(METADATA + " has a key twice", "each key once", "another " + Shown.of(key));
            }
            if (keys.size() > MAX_NAMES) {
                throw MalformedException.limit(METADATA + " has too many keys", "at most " + MAX_NAMES, "more");
            }
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw corrupt(METADATA + " holds more than texts", "a text", "another value of " + Shown.of(key));
            }
        }
    }

    private void checkOffsets() throws IOException, MalformedException {
        intervals.sort();
        long filled = 0;
        for (int i = 0; i < intervals.size(); i++) {
            long start = intervals.start(i);
            if (start != filled) {
                String tensor = "tensor " + Shown.of(nameOf(intervals.ordinal(i)));
                throw start < filled
                        ? corrupt(tensor + " lies within another one", "a start at byte " + filled, "byte " + start)
                        : corrupt(
                                "there are bytes of no tensor before " + tensor,
                                "a start at byte " + filled,
                                "byte " + start);
            }
            filled = intervals.end(i);
        }
        long data = content.size() - START - length;
        if (filled > data) {
            throw MalformedException.truncated(filled + " bytes behind the header", data + " bytes");
        }
        if (filled < data) {
            throw corrupt(
                    "there are bytes of no tensor at the end", filled + " bytes behind the header", data + " bytes");
        }
    }

    /** Reads the header once more: keeping a million names would take more memory than a file deserves. */
    private String nameOf(int ordinal) throws IOException {
        int tensor = -1;
        try (JsonParser json = open()) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (!name.equals(METADATA) && ++tensor == ordinal) {
                    return name;
                }
                json.nextToken();
                json.skipChildren();
            }
        }
        throw new IOException("it changed while it was read");
    }

    private JsonParser open() throws IOException {
        return StrictJson.open(content.part("header", START, length).open());
    }
}
