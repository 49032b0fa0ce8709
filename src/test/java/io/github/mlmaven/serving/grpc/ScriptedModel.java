package io.github.mlmaven.serving.grpc;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.engine.LoadedModel;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A model of one input x, FP32[N], that a test computes, with whatever outputs. */
final class ScriptedModel implements LoadedModel {

    final AtomicInteger runs = new AtomicInteger();
    private final List<TensorSpec> outputs;
    private final UnaryOperator<List<Tensor>> script;

    /** @param outputs of any shape */
    ScriptedModel(UnaryOperator<List<Tensor>> script, Datatype datatype, String... outputs) {
        this.script = script;
        this.outputs = java.util.Arrays.stream(outputs)
                .map(name -> new TensorSpec(name, datatype, vector()))
                .toList();
    }

    private static Shape vector() {
        return new Shape(List.of(new Dimension.Symbolic("N")));
    }

    @Override
    public Contract contract() {
        return new Contract(List.of(new TensorSpec("x", Datatype.FP32, vector())), outputs);
    }

    @Override
    public List<Tensor> run(List<Tensor> inputs, List<String> asked) {
        runs.incrementAndGet();
        return script.apply(inputs);
    }

    @Override
    public List<List<Tensor>> runMerged(List<List<Tensor>> requests, List<String> asked) {
        return requests.stream().map(inputs -> run(inputs, asked)).toList();
    }

    @Override
    public void close() {}
}
