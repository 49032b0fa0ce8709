package io.github.mlmaven.inspect.scan.tensors;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.NameSet;
import io.github.mlmaven.inspect.scan.read.Shown;
import io.github.mlmaven.inspect.scan.template.ChatTemplate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The metadata of a GGUF file: values by key, of which three count here.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format</a>
 */
final class GgufMetadata {

    private static final int MAX_KEYS = 1_000_000;
    private static final int MAX_KEY = 65_535;
    private static final int MAX_NESTING = 8;
    private static final int U32 = 4;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /** Bytes of each type of value, by its number; 0 for texts and arrays. */
    private static final int[] SIZES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private final ByteReader in;
    private final GgufStrings strings;
    private final String place;
    private final NameSet keys = new NameSet();
    private final List<Finding> findings = new ArrayList<>();
    private String architecture = "";
    private long alignment = 32;

    GgufMetadata(ByteReader in, GgufStrings strings, String place) {
        this.in = in;
        this.strings = strings;
        this.place = place;
    }

    void read(long count) throws IOException, MalformedException {
        if (count > MAX_KEYS) {
            throw MalformedException.limit("there is too much metadata", "at most " + MAX_KEYS + " keys", "" + count);
        }
        for (long i = 0; i < count; i++) {
            String key = strings.text("a key", MAX_KEY);
            if (!keys.add(key)) {
                throw corrupt("the metadata has a key twice", "each key once", "another " + Shown.of(key));
            }
            readValue(key, type(key));
        }
    }

    private void readValue(String key, int type) throws IOException, MalformedException {
        if (key.equals("general.alignment")) {
            expect(type == U32, key, "a uint32");
            alignment = in.u32();
            expect(alignment >= 8 && Long.bitCount(alignment) == 1, key, "a power of two from 8 on");
        } else if (key.equals("general.architecture")) {
            expect(type == STRING, key, "a text");
            architecture = strings.text("the architecture", 256);
        } else if (type == STRING && key.contains("chat_template")) {
            long length = strings.count("bytes of a template", 1);
            if (length > ChatTemplate.MAX_LENGTH) {
                findings.add(ChatTemplate.tooLong(place, key));
                in.skip(length);
            } else {
                findings.addAll(ChatTemplate.check(in.text((int) length), place, key));
            }
        } else {
            skip(key, type, 0);
        }
    }

    private void skip(String key, int type, int nesting) throws IOException, MalformedException {
        if (type == STRING) {
            strings.skipText();
        } else if (type != ARRAY) {
            in.skip(SIZES[type]);
        } else if (nesting == MAX_NESTING) {
            throw MalformedException.limit(
                    "the value of " + Shown.of(key) + " is nested too deep",
                    "at most " + MAX_NESTING + " levels",
                    "more");
        } else {
            int element = type(key);
            long count = strings.count("elements of " + Shown.of(key), least(element));
            if (SIZES[element] > 0) {
                in.skip(count * SIZES[element]);
                return;
            }
            for (long i = 0; i < count; i++) {
                skip(key, element, nesting + 1);
            }
        }
    }

    /** What an element takes at least: a text its length, an array its type and length. */
    private int least(int type) {
        int length = strings.version() == 1 ? 4 : 8;
        return type == STRING ? length : type == ARRAY ? 4 + length : SIZES[type];
    }

    private int type(String key) throws IOException, MalformedException {
        long type = in.u32();
        if (type >= SIZES.length) {
            throw corrupt(
                    "the value of " + Shown.of(key) + " is of an unknown type",
                    "0 to " + (SIZES.length - 1),
                    "" + type);
        }
        return (int) type;
    }

    private static void expect(boolean fulfilled, String key, String expected) throws MalformedException {
        if (!fulfilled) {
            throw corrupt("the value of " + Shown.of(key) + " is not what it must be", expected, "something else");
        }
    }

    /** The model's architecture; empty when it is not said. */
    String architecture() {
        return architecture;
    }

    long alignment() {
        return alignment;
    }

    /** What is wrong with its templates. */
    List<Finding> findings() {
        return findings;
    }
}
