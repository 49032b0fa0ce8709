package io.github.mlmaven.inspect.scan.pickle;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an element of an {@code .npy} file is.
 *
 * @param name {@code FP32}, or NumPy's own name for what the Open Inference Protocol has none for
 * @param size in bytes
 * @param objects whether Python objects are in it, so that a pickle follows
 */
record NpyType(String name, long size, boolean objects) {

    private static final Pattern SIMPLE =
            Pattern.compile("[<>=|]?([biufcmMSUVaO])([0-9]{0,9})(\\[[0-9]*[a-zA-Z]+\\])?");
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("b1", "BOOL"),
            Map.entry("i1", "INT8"),
            Map.entry("i2", "INT16"),
            Map.entry("i4", "INT32"),
            Map.entry("i8", "INT64"),
            Map.entry("u1", "UINT8"),
            Map.entry("u2", "UINT16"),
            Map.entry("u4", "UINT32"),
            Map.entry("u8", "UINT64"),
            Map.entry("f2", "FP16"),
            Map.entry("f4", "FP32"),
            Map.entry("f8", "FP64"));

    /** Of the value of {@code descr}: a text, or a list of fields. */
    static NpyType of(Object descr) throws PickleException {
        if (descr instanceof String text) {
            return simple(text);
        }
        if (!(descr instanceof List<?> fields)) {
            throw PickleException.wrong("a descr that is no dtype");
        }
        long size = 0;
        boolean objects = false;
        for (Object field : fields) {
            NpyType type = field(field);
            size = RawArray.sum(size, type.size());
            objects |= type.objects();
        }
        return new NpyType("records", size, objects);
    }

    private static NpyType field(Object field) throws PickleException {
        if (!(field instanceof List<?> parts) || parts.size() < 2 || parts.size() > 3) {
            throw PickleException.wrong("a field that is none");
        }
        NpyType type = of(parts.get(1));
        long size = parts.size() == 3 ? RawArray.product(type.size(), count(parts.get(2))) : type.size();
        return new NpyType(type.name(), size, type.objects());
    }

    private static NpyType simple(String text) throws PickleException {
        Matcher matcher = SIMPLE.matcher(text);
        if (!matcher.matches()) {
            // NumPy reads more into such texts than one would think, objects among them.
            throw PickleException.wrong("a dtype that is not one");
        }
        String letter = matcher.group(1);
        String digits = matcher.group(2);
        long size = digits.isEmpty() ? 0 : Long.parseLong(digits);
        String name = NAMES.getOrDefault(letter + digits, text);
        return new NpyType(name, letter.equals("U") ? size * 4 : size, letter.equals("O"));
    }

    /** How many elements a shape has: a number, or several. */
    static long count(Object shape) throws PickleException {
        if (shape instanceof Long length) {
            return length;
        }
        if (!(shape instanceof List<?> lengths)) {
            throw PickleException.wrong("a shape that is none");
        }
        long count = 1;
        for (Object length : lengths) {
            if (!(length instanceof Long number)) {
                throw PickleException.wrong("a shape that is none");
            }
            count = RawArray.product(count, number);
        }
        return count;
    }
}
