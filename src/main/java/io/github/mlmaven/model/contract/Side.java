package io.github.mlmaven.model.contract;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.TensorSpec;
import java.util.List;
import java.util.Locale;

/** The two sides of a contract. */
public enum Side {
    /** What a request must bring: taking less than before breaks clients. */
    INPUT,
    /** What a reply holds: giving less than before breaks clients. */
    OUTPUT;

    /** The form in messages: {@code input}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<TensorSpec> of(Contract contract) {
        return this == INPUT ? contract.inputs() : contract.outputs();
    }
}
