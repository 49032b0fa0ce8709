package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import java.util.List;

/**
 * A model in an engine's memory. Its methods may be called from several threads at once, and each thread keeps memory
 * for its runs; what an ended thread kept is freed when the next new one comes, or at close.
 */
public interface LoadedModel extends AutoCloseable {

    /** The engine's own view of inputs and outputs. */
    Contract contract();

    /**
     * Runs the model once, and copies what it computes.
     *
     * @param inputs a tensor for each input of the contract
     * @param outputs names of the outputs to compute, at least one
     * @return the outputs, in the order asked for
     * @throws EngineException which says whether the inputs are at fault
     */
    List<Tensor> run(List<Tensor> inputs, List<String> outputs) throws EngineException;

    /**
     * Runs several requests at once: their inputs are concatenated along the first dimension, and the outputs cut apart
     * by the rows that each request brought. The requests agree in all other dimensions, and in each request every
     * input has the same number of rows; a lone request may have any shapes, also none.
     *
     * @param requests for each request a tensor for each input of the contract, in any order
     * @param outputs names of the outputs to compute, at least one
     * @return for each request its outputs, in the order asked for; they may be views of memory that belongs to the
     *     calling thread, and hold only until this thread runs this model again or the model is closed
     * @throws EngineException which says whether the inputs are at fault, but not of which request; also when an
     *     output's first dimension is not that of the merged inputs
     */
    List<List<Tensor>> runMerged(List<List<Tensor>> requests, List<String> outputs) throws EngineException;

    /** Frees native memory; nothing may run at that time or later. */
    @Override
    void close();
}
