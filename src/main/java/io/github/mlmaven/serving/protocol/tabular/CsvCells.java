package io.github.mlmaven.serving.protocol.tabular;

import com.fasterxml.jackson.core.io.NumberInput;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.json.ElementBuffer;
import io.github.mlmaven.model.json.TensorFormatException;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;

/** Cells of CSV as elements, in the forms that pandas writes. */
final class CsvCells {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Set<String> MISSING = Set.of("", "NaN", "nan", "NA", "null");
    private static final Set<String> INFINITY = Set.of("inf", "Infinity", "+inf");
    private static final Set<String> MINUS_INFINITY = Set.of("-inf", "-Infinity");

    /** More digits than any whole number of a datatype has. */
    private static final int MAX_DIGITS = 40;

    private CsvCells() {}

    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell.strip()).matches();
    }

    /** Takes a cell as the next element; a missing number is NaN. */
    static void add(ElementBuffer elements, Datatype datatype, String cell) throws TensorFormatException {
        String text = cell.strip();
        boolean taken = switch (datatype) {
            case BYTES -> elements.addText(cell);
            case BOOL -> bool(elements, text);
            case FP16, BF16, FP32, FP64 -> fraction(elements, datatype, text);
            default -> whole(elements, datatype, text);
        };
        if (!taken) {
            throw elements.unexpected(cell.isEmpty() ? "an empty cell" : '"' + ElementBuffer.shortened(cell) + '"');
        }
    }

    private static boolean bool(ElementBuffer elements, String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> elements.addBoolean(true);
            case "false", "False", "FALSE" -> elements.addBoolean(false);
            default -> false;
        };
    }

    private static boolean whole(ElementBuffer elements, Datatype datatype, String text) {
        if (text.length() > MAX_DIGITS) {
            return false;
        }
        try {
            return datatype == Datatype.UINT64
                    ? elements.addUnsigned(new BigInteger(text))
                    : elements.addWhole(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean fraction(ElementBuffer elements, Datatype datatype, String text) {
        if (NUMBER.matcher(text).matches()) {
            return datatype == Datatype.FP32
                    ? elements.addFloat(NumberInput.parseFloat(text, true))
                    : elements.addDouble(NumberInput.parseDouble(text, true));
        }
        if (MISSING.contains(text)) {
            elements.addNonFinite(Double.NaN);
        } else if (INFINITY.contains(text)) {
            elements.addNonFinite(Double.POSITIVE_INFINITY);
        } else if (MINUS_INFINITY.contains(text)) {
            elements.addNonFinite(Double.NEGATIVE_INFINITY);
        } else {
            return false;
        }
        return true;
    }
}
