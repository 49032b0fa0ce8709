package io.github.mlmaven.mojo;

import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** The tolerances of a pom's {@code <models>}: an output's own, else its model's, else the build's. */
final class ConfiguredTolerances {

    private ConfiguredTolerances() {}

    /** By the names of the models that the pom speaks of. */
    static Map<String, Tolerances> of(List<ModelConfiguration> models, Tolerance otherwise)
            throws MojoFailureException {
        Map<String, Tolerances> tolerances = new HashMap<>();
        for (ModelConfiguration model : models) {
            String name = model.getName();
            if (name == null) {
                throw new MojoFailureException("<models>: a <model> has no <name>. Name the model it is about.");
            }
            Tolerance ofModel = tolerance("<model> " + name, model.getAtol(), model.getRtol(), otherwise);
            Map<String, Tolerance> outputs = new HashMap<>();
            for (OutputConfiguration output : model.getOutputs()) {
                String tensor = output.getName();
                if (tensor == null) {
                    throw new MojoFailureException(
                            "<model> " + name + ": an <output> has no <name>. Name the output it is about.");
                }
                String where = "<model> " + name + ", <output> " + tensor;
                outputs.put(tensor, tolerance(where, output.getAtol(), output.getRtol(), ofModel));
            }
            tolerances.put(name, new Tolerances(ofModel, outputs));
        }
        return tolerances;
    }

    /** What the pom says of a model or an output that is not there was meant for another. */
    static void requireKnown(Map<String, Tolerances> configured, List<Inspection> inspections)
            throws MojoFailureException {
        List<String> names = inspections.stream()
                .map(inspection -> inspection.source().name())
                .toList();
        for (String name : configured.keySet()) {
            if (!names.contains(name)) {
                throw new MojoFailureException("<models>: there is no model of this name; expected one of " + names
                        + ", found \"" + name + "\". Correct the <name>.");
            }
        }
        for (Inspection inspection : inspections) {
            Tolerances tolerances = configured.get(inspection.source().name());
            if (tolerances != null && inspection instanceof InspectedModel model) {
                requireOutputs(tolerances, model);
            }
        }
    }

    private static void requireOutputs(Tolerances tolerances, InspectedModel model) throws MojoFailureException {
        List<String> outputs =
                model.summary().outputs().stream().map(ValueInfo::name).toList();
        for (String output : tolerances.outputs().keySet()) {
            if (!outputs.contains(output)) {
                throw new MojoFailureException(
                        "<model> " + model.source().name() + ": it has no output of this name; expected one of "
                                + outputs + ", found \"" + output + "\". Correct the <name> of the <output>.");
            }
        }
    }

    private static Tolerance tolerance(String where, @Nullable Double atol, @Nullable Double rtol, Tolerance otherwise)
            throws MojoFailureException {
        return tolerance(where, atol == null ? otherwise.atol() : atol, rtol == null ? otherwise.rtol() : rtol);
    }

    static Tolerance tolerance(String where, double atol, double rtol) throws MojoFailureException {
        try {
            return new Tolerance(atol, rtol);
        } catch (IllegalArgumentException e) {
            throw new MojoFailureException(where + ": " + e.getMessage() + ". Correct the tolerance.", e);
        }
    }
}
