package io.github.mlmaven.mojo;

import io.github.mlmaven.inspect.source.ArtifactCoordinates;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pom says of one model: {@code <model><name>…</name><atol>…</atol><rtol>…</rtol><outputs>…</outputs></model>},
 * with budgets and a signature of its own; and with an {@code <artifact>} where it comes from.
 */
public final class ModelConfiguration {

    private @Nullable String name;
    private @Nullable String artifact;
    private @Nullable String path;
    private @Nullable Double atol;
    private @Nullable Double rtol;
    private List<OutputConfiguration> outputs = List.of();
    private LatencyConfiguration latency = new LatencyConfiguration();
    private @Nullable String maxMemory;
    private @Nullable String maxSize;
    private SignatureConfiguration signature = new SignatureConfiguration();

    /** The model's name: the artifactId, or the folder's name; of a model from a repository what it shall be called. */
    public @Nullable String getName() {
        return name == null && artifact != null ? ArtifactCoordinates.nameIn(artifact) : name;
    }

    public void setName(String name) {
        this.name = name;
    }

    /** The artifact that it comes from, {@code GROUP:NAME:VERSION[:TYPE[:CLASSIFIER]]}; of the project when absent. */
    public @Nullable String getArtifact() {
        return artifact;
    }

    public void setArtifact(String artifact) {
        this.artifact = artifact;
    }

    /** What to take of an archive: an entry, or with {@code /} at its end a folder; all of it when absent. */
    public @Nullable String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
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

    /** Its latency budget; what it leaves out is as for all models. */
    public LatencyConfiguration getLatency() {
        return latency;
    }

    public void setLatency(LatencyConfiguration latency) {
        this.latency = latency;
    }

    /** Its memory budget; {@code ml.verify.maxMemory} when absent. */
    public @Nullable String getMaxMemory() {
        return maxMemory;
    }

    public void setMaxMemory(String maxMemory) {
        this.maxMemory = maxMemory;
    }

    /** Its size budget; {@code ml.verify.maxSize} when absent. */
    public @Nullable String getMaxSize() {
        return maxSize;
    }

    public void setMaxSize(String maxSize) {
        this.maxSize = maxSize;
    }

    /** Who signed it, and then it must be signed; as for all models when empty. */
    public SignatureConfiguration getSignature() {
        return signature;
    }

    public void setSignature(SignatureConfiguration signature) {
        this.signature = signature;
    }
}
