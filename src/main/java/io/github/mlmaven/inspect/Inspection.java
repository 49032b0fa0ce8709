package io.github.mlmaven.inspect;

/** What came of reading a model's bytes. */
public sealed interface Inspection permits InspectedModel, RejectedModel {

    /** The model that was read. */
    ModelSource source();
}
