package io.github.mlmaven.mojo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pom says of one model: {@code <model><name>…</name><atol>…</atol><rtol>…</rtol><outputs>…</outputs></model>}.
 */
public final class ModelConfiguration {

    private @Nullable String name;
    private @Nullable Double atol;
    private @Nullable Double rtol;
    private List<OutputConfiguration> outputs = List.of();

    /** The model's name: the artifactId, or the folder's name. */
    public @Nullable String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** The absolute tolerance of its golden outputs; {@code ml.golden.atol} when absent. */
    public @Nullable Double getAtol() {
        return atol;
    }

    public void setAtol(double atol) {
        this.atol = atol;
    }

    /** The relative tolerance of its golden outputs; {@code ml.golden.rtol} when absent. */
    public @Nullable Double getRtol() {
        return rtol;
    }

    public void setRtol(double rtol) {
        this.rtol = rtol;
    }

    /** Settings for single outputs. */
    public List<OutputConfiguration> getOutputs() {
        return outputs;
    }

    public void setOutputs(List<OutputConfiguration> outputs) {
        this.outputs = List.copyOf(outputs);
    }
}
