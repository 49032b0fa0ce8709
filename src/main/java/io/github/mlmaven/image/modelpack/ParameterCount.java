package io.github.mlmaven.image.modelpack;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/** A number of parameters as model cards write it: {@code 8b}, {@code 1.24m}, {@code 910}. */
final class ParameterCount {

    private static final List<String> UNITS = List.of("", "k", "m", "b", "t");
    private static final MathContext DIGITS = new MathContext(3);

    private ParameterCount() {}

    static String of(long parameters) {
        BigDecimal value = new BigDecimal(parameters).round(DIGITS);
        int unit = 0;
        while (unit < UNITS.size() - 1 && value.precision() - value.scale() > 3) {
            value = value.movePointLeft(3);
            unit++;
        }
        return value.stripTrailingZeros().toPlainString() + UNITS.get(unit);
    }
}
