package io.github.mlmaven.mojo;

import org.jspecify.annotations.Nullable;

/** What a pom says of one output of a model: {@code <output><name>…</name><atol>…</atol><rtol>…</rtol></output>}. */
public final class OutputConfiguration {

    private @Nullable String name;
    private @Nullable Double atol;
    private @Nullable Double rtol;

    /** The output's name in the model's contract. */
    public @Nullable String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** The absolute tolerance; that of the model when absent. */
    public @Nullable Double getAtol() {
        return atol;
    }

    public void setAtol(double atol) {
        this.atol = atol;
    }

    /** The relative tolerance; that of the model when absent. */
    public @Nullable Double getRtol() {
        return rtol;
    }

    public void setRtol(double rtol) {
        this.rtol = rtol;
    }
}
