package io.github.mlmaven.serving.fuzz;

import io.github.mlmaven.model.Datatype;
import java.math.BigInteger;
import java.util.List;

/** Elements of each datatype in JSON: within their range, and beyond it. */
final class Values {

    private Values() {}

    static String valid(Dice dice, Datatype datatype) {
        return switch (datatype) {
            case BOOL -> dice.oneOf("true", "false");
            case BYTES -> dice.oneOf("\"\"", "\"a\"", "\"ä€\"", "\"\\n\\u0041\"");
            case FP16, BF16, FP32, FP64 -> dice.oneOf("0.5", "-1.25e2", "7", "\"NaN\"", "\"-Infinity\"");
            default -> Integer.toString(dice.below(100));
        };
    }

    /** Numbers that the datatype cannot hold; none for what is no number. */
    static List<String> overflowing(Datatype datatype) {
        return switch (datatype) {
            case BOOL, BYTES -> List.of();
            case FP16 -> List.of("65520", "-65520.0", "1e5", "1e400");
            case BF16 -> List.of("3.4e38", "-3.4e38", "1e39", "1e400");
            case FP32 -> List.of("3.5e38", "-3.5e38", "1e39", "-1e400");
            case FP64 -> List.of("1.8e308", "-1.8e308", "1e309", "1e99999");
            case INT8, INT16, INT32, INT64 -> whole(datatype.size() * 8 - 1, true);
            case UINT8, UINT16, UINT32, UINT64 -> whole(datatype.size() * 8, false);
        };
    }

    private static List<String> whole(int bits, boolean signed) {
        BigInteger beyond = BigInteger.ONE.shiftLeft(bits);
        BigInteger below = signed ? beyond.negate().subtract(BigInteger.ONE) : BigInteger.ONE.negate();
        return List.of(beyond.toString(), below.toString(), "1" + "0".repeat(40), "-1" + "0".repeat(40));
    }

    /** What the server says that it wants instead. */
    static String range(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> "true or false";
            case BYTES -> "a string";
            case FP16, BF16, FP32, FP64 -> "a number";
            default -> {
                boolean signed = datatype.name().startsWith("INT");
                BigInteger beyond = BigInteger.ONE.shiftLeft(datatype.size() * 8 - (signed ? 1 : 0));
                yield "a whole number from " + (signed ? beyond.negate() : "0") + " to "
                        + beyond.subtract(BigInteger.ONE);
            }
        };
    }

    /** Values of another type than the datatype's. */
    static List<String> ofAnotherType(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> List.of("0", "1", "\"true\"", "null", "[]", "{}");
            case BYTES -> List.of("0", "true", "null", "[]", "{}", "1.5");
            case FP16, BF16, FP32, FP64 -> List.of("true", "null", "\"1.0\"", "\"nan\"", "\"inf\"", "[]", "{}");
            default -> List.of("true", "null", "\"1\"", "1.5", "1.0", "1e2", "[]", "{}");
        };
    }
}
