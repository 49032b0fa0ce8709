package io.github.mlmaven.verify;

import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.verify.golden.GoldenCase;
import java.util.List;

/** A model that passed every check; only {@link ModelVerifier} makes one, so nothing else can be embedded. */
public final class VerifiedModel {

    private final InspectedModel inspected;
    private final Contract contract;
    private final String engine;
    private final List<GoldenCase> golden;

    VerifiedModel(InspectedModel inspected, Contract contract, String engine, List<GoldenCase> golden) {
        this.inspected = inspected;
        this.contract = contract;
        this.engine = engine;
        this.golden = List.copyOf(golden);
    }

    public InspectedModel inspected() {
        return inspected;
    }

    public Contract contract() {
        return contract;
    }

    /** The engine that loaded it, with its version. */
    public String engine() {
        return engine;
    }

    public List<GoldenCase> golden() {
        return golden;
    }

    public String name() {
        return inspected.source().name();
    }

    public String version() {
        return inspected.source().version();
    }

    /** What the server needs to know of it. */
    public ModelDescriptor descriptor() {
        return new ModelDescriptor(name(), version(), inspected.format(), inspected.files(), contract);
    }
}
