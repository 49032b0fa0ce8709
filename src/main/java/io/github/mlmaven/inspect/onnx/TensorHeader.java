package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.corrupt;
import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a {@code TensorProto} says of itself, without its elements.
 *
 * @param name its name; empty in attributes
 * @param dataType its element type's number
 * @param dims its dimensions as written
 * @param rawBytes the length of {@code raw_data}, if it has any
 * @param isExternal whether {@code data_location} is EXTERNAL
 * @param external the entries of {@code external_data}
 */
record TensorHeader(
        String name, int dataType, Dims dims, OptionalLong rawBytes, boolean isExternal, Map<String, String> external) {

    private static final int EXTERNAL = 1;
    private static final int MAX_ENTRIES = 32;

    /** Reads one, skipping its elements wherever they are. */
    static TensorHeader read(ProtoInput in) throws IOException, MalformedProtoException {
        String name = "";
        int dataType = 0;
        Dims dims = new Dims();
        OptionalLong rawBytes = OptionalLong.empty();
        boolean external = false;
        Map<String, String> entries = new HashMap<>();
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> dims.read(in);
                case 2 -> dataType = in.int32();
                case 8 -> name = in.text();
                case 9 -> rawBytes = OptionalLong.of(in.lengthOfSkipped());
                case 13 -> readEntry(in, entries);
                case 14 -> external = in.int32() == EXTERNAL;
                default -> {}
            }
        }
        return new TensorHeader(name, dataType, dims, rawBytes, external, entries);
    }

    /** {@code StringStringEntryProto}; a second entry of one key would leave open which one counts. */
    private static void readEntry(ProtoInput in, Map<String, String> entries)
            throws IOException, MalformedProtoException {
        long offset = in.offset();
        String key = "";
        String value = "";
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> key = in.text();
                case 2 -> value = in.text();
                default -> {}
            }
        }
        if (entries.size() == MAX_ENTRIES) {
            throw limit("external data has too many entries at byte " + offset, "at most " + MAX_ENTRIES, "more");
        }
        if (entries.put(key, value) != null) {
            throw corrupt(offset, "external data has two entries of one key", "one " + key, "two");
        }
    }

    Optional<OnnxType> type() {
        return OnnxType.of(dataType);
    }

    /** How messages call it: {@code tensor w}, or {@code a tensor without a name}. */
    String title() {
        return name.isEmpty() ? "a tensor without a name" : "tensor " + name;
    }

    /** The form in messages: {@code float[3, 4]}. */
    String typeAndDims() {
        return OnnxType.nameOf(dataType) + dims;
    }
}
