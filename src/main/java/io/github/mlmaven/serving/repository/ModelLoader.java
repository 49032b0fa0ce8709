package io.github.mlmaven.serving.repository;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.serving.engine.Engine;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.engine.EngineOptions;
import io.github.mlmaven.serving.engine.LoadedModel;
import io.github.mlmaven.serving.engine.MergeProbe;
import io.github.mlmaven.serving.inference.BatchOptions;
import io.github.mlmaven.serving.inference.ServedModel;
import io.github.mlmaven.serving.inference.SharedResources;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Loads models into their engines and warms them up.
 *
 * @param engine threads of the engine
 * @param batching how requests are merged
 * @param examples real requests, by the models' names; a model may have none
 * @param shared what all models share
 */
public record ModelLoader(
        EngineOptions engine, BatchOptions batching, Map<String, Example> examples, SharedResources shared) {

    /** A model is served meanwhile, and its requests are not merged yet. */
    private static final Duration MERGE_PROBE = Duration.ofMillis(250);

    public ModelLoader {
        examples = Map.copyOf(examples);
    }

    /**
     * Loads one; it can be asked at once, and nobody asks it yet.
     *
     * @throws EngineException when the engine does not take it, or sees another contract than its descriptor has
     */
    public ServedModel load(StoredModel stored) throws EngineException {
        long start = System.nanoTime();
        ModelDescriptor descriptor = stored.descriptor();
        LoadedModel loaded = Engine.forFormat(descriptor.format()).load(stored.mainFile(), engine);
        ServedModel model;
        try {
            expect(descriptor.contract(), loaded.contract());
            model = new ServedModel(descriptor, loaded, batching, shared);
        } catch (EngineException | RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
        WarmUp.run(model)
                .ifPresent(problem -> System.err.println("model " + descriptor.name()
                        + ": the warm-up with zeros failed, it is served all the same: " + problem));
        shared.listener().loaded(descriptor.name(), descriptor.version(), System.nanoTime() - start);
        return model;
    }

    /** Finds out whether requests for a loaded model may be merged, and says so. */
    public void decideMerging(ServedModel model) {
        if (!batching.merge()) {
            return;
        }
        ModelDescriptor descriptor = model.descriptor();
        List<Tensor> request = Optional.ofNullable(examples.get(descriptor.name()))
                .filter(example -> example.fits(descriptor.contract()))
                .map(Example::inputs)
                .orElseGet(model::zeros);
        MergeProbe.Verdict verdict = model.decideMerging(request, MERGE_PROBE);
        System.out.println("requests for " + descriptor.name() + " " + descriptor.version() + " are "
                + (verdict.independent() ? "" : "not ") + "merged: " + verdict.reason());
    }

    /** Requests are checked by the descriptor's contract; the engine would answer for what that does not say. */
    private static void expect(Contract descriptor, Contract engine) throws EngineException {
        expect("input", descriptor.inputs(), engine.inputs());
        expect("output", descriptor.outputs(), engine.outputs());
    }

    private static void expect(String kind, List<TensorSpec> descriptor, List<TensorSpec> engine)
            throws EngineException {
        for (int i = 0; i < Math.max(descriptor.size(), engine.size()); i++) {
            TensorSpec expected = i < descriptor.size() ? descriptor.get(i) : null;
            TensorSpec found = i < engine.size() ? engine.get(i) : null;
            if (expected == null
                    || found == null
                    || !expected.name().equals(found.name())
                    || expected.datatype() != found.datatype()
                    || expected.shape().rank() != found.shape().rank()) {
                throw new EngineException("expected as " + kind + " number " + i + " what the descriptor says, "
                        + Objects.toString(expected, "none") + ", found " + Objects.toString(found, "none"));
            }
        }
    }
}
