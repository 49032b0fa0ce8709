package io.github.mlmaven.inspect;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a format's reader found in a model.
 *
 * @param irVersion version of the intermediate representation
 * @param opsets imported operator sets, by domain
 * @param producer name and version of the program that wrote it; may be empty
 * @param inputs inputs without those that initializers fill
 * @param outputs outputs
 * @param operators count by operator, {@code DOMAIN.TYPE}, over the graph, its subgraphs and functions
 * @param parameters number of elements of all initializers
 * @param locales names of the locales that its text operators ask the system for
 */
public record ModelSummary(
        long irVersion,
        List<Opset> opsets,
        String producer,
        List<ValueInfo> inputs,
        List<ValueInfo> outputs,
        SortedMap<String, Long> operators,
        long parameters,
        SortedSet<String> locales) {

    public ModelSummary {
        opsets = List.copyOf(opsets);
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        operators = Collections.unmodifiableSortedMap(new TreeMap<>(operators));
        locales = Collections.unmodifiableSortedSet(new TreeSet<>(locales));
    }

    /** Of a model that asks for no locale. */
    public ModelSummary(
            long irVersion,
            List<Opset> opsets,
            String producer,
            List<ValueInfo> inputs,
            List<ValueInfo> outputs,
            SortedMap<String, Long> operators,
            long parameters) {
        this(irVersion, opsets, producer, inputs, outputs, operators, parameters, new TreeSet<>());
    }
}
