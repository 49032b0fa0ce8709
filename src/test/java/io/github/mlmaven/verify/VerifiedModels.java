package io.github.mlmaven.verify;

import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.verify.golden.GoldenCase;
import java.util.List;

/** Lets tests of later stages start from a verified model without forking an engine. */
public final class VerifiedModels {

    private VerifiedModels() {}

    public static VerifiedModel of(
            InspectedModel inspected, Contract contract, String engine, List<GoldenCase> golden) {
        return new VerifiedModel(inspected, contract, engine, golden);
    }
}
