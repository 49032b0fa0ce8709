package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.Value.Call;
import io.github.mlmaven.inspect.scan.pickle.Value.Dict;
import io.github.mlmaven.inspect.scan.pickle.Value.Int;
import io.github.mlmaven.inspect.scan.pickle.Value.Simple;
import io.github.mlmaven.inspect.scan.pickle.Value.Text;
import io.github.mlmaven.inspect.scan.pickle.Value.Tuple;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The elements that joblib writes as they are, right behind the state of an array, as in {@code read_array} of {@code
 * joblib/numpy_pickle.py}.
 *
 * @param aligned whether a byte before them says how many bytes of padding are between
 * @param objects whether they are a pickle of their own
 * @param bytes how many there are
 */
record RawArray(boolean aligned, boolean objects, long bytes) {

    private static final Pattern DTYPE = Pattern.compile("[<>=|]?([biufcmMSUVa])([0-9]{1,9})");

    /** Whether elements follow the state of this object. */
    static boolean follows(Value object) {
        return object instanceof Call call && call.isOf("joblib.numpy_pickle", "NumpyArrayWrapper");
    }

    /** What follows this state. */
    static RawArray of(Value state) throws PickleException {
        if (!(state instanceof Dict dict)
                || !(dict.get("dtype") instanceof Call dtype)
                || !(dict.get("shape") instanceof Tuple shape)) {
            throw PickleException.limit("an array without a shape and a dtype");
        }
        if (dtype.hasObjects()) {
            return new RawArray(false, true, 0);
        }
        boolean aligned = dict.get("numpy_array_alignment_bytes") != Simple.NONE;
        return new RawArray(aligned, false, size(dtype, shape));
    }

    private static long size(Call dtype, Tuple shape) throws PickleException {
        Matcher type = DTYPE.matcher(dtype.argument(0) instanceof Text text ? text.text() : "");
        if (!dtype.isOf("numpy", "dtype") || !type.matches()) {
            throw PickleException.limit("an array of an unknown dtype");
        }
        long size = Long.parseLong(type.group(2)) * (type.group(1).equals("U") ? 4 : 1);
        for (int i = 0; i < shape.size(); i++) {
            if (!(shape.item(i) instanceof Int length) || length.value() < 0) {
                throw PickleException.limit("an array of an unknown shape");
            }
            size = product(size, length.value());
        }
        return size;
    }

    static long sum(long a, long b) {
        return a + b >= 0 ? a + b : Long.MAX_VALUE;
    }

    /** Without overflow: a size that no file has is as good as any other. */
    static long product(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }

    /** Goes behind them. */
    void skip(PickleInput in) throws IOException, PickleException {
        if (aligned) {
            in.skip(in.unsigned(1));
        }
        in.skip(bytes);
    }
}
