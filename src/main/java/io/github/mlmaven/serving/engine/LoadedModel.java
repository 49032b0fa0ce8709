package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import java.util.List;

/** A model in an engine's memory; its methods may be called from several threads at once. */
public interface LoadedModel extends AutoCloseable {

    /** The engine's own view of inputs and outputs. */
    Contract contract();

    /**
     * Runs the model once.
     *
     * @param inputs a tensor for each input of the contract
     * @param outputs names of the outputs to compute, at least one
     * @return the outputs, in the order asked for
     * @throws EngineException which says whether the inputs are at fault
     */
    List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws EngineException;

    /**
     * Runs requests as one, merged along the first dimension.
     *
     * @return for each request its outputs, in the order asked for; they may be views of memory that this thread's next
     *     run uses again
     */
    default List<List<Tensor>> runMerged(List<List<Tensor>> requests, List<String> outputs) throws EngineException {
        List<List<Tensor>> computed = new java.util.ArrayList<>();
        for (List<Tensor> request : requests) {
            computed.add(run(request, outputs));
        }
        return computed;
    }

    /** Frees native memory; nothing may run at that time or later. */
    @Override
    void close();
}
