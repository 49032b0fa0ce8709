package io.github.mlmaven.report;

import io.github.mlmaven.lock.ContractChange;
import io.github.mlmaven.model.contract.ContractDifference;
import io.github.mlmaven.model.contract.TensorChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changed contracts as tables: each input and output that is not as locked, how it was and how it is. */
public final class ContractReport {

    /** Of a model with thousands of columns a log shows the first, those that break clients before the others. */
    private static final int SHOWN = 50;

    private ContractReport() {}

    /** A heading and a table for each model. */
    public static List<String> lines(List<ContractChange> changes) {
        List<String> lines = new ArrayList<>();
        changes.forEach(change -> lines.addAll(lines(change)));
        return lines;
    }

    private static List<String> lines(ContractChange change) {
        ContractDifference difference = change.difference();
        List<String> lines = new ArrayList<>();
        lines.add(Plain.text("Contract of " + change.model() + ": "
                + (difference.breaking() ? "incompatible, clients break" : "compatible, clients need not notice")));
        Table table = new Table("  ").row("tensor", "locked", "found", "verdict");
        List<TensorChange> sorted = difference.changes().stream()
                .sorted(Comparator.comparing(tensor -> !tensor.breaking()))
                .toList();
        sorted.stream()
                .limit(SHOWN)
                .forEach(tensor -> table.row(
                        Plain.text(tensor.subject()),
                        Plain.text(tensor.before().orElse("-")),
                        Plain.text(tensor.now().orElse("-")),
                        (tensor.breaking() ? "incompatible: " : "compatible: ") + Plain.text(tensor.what())));
        lines.addAll(table.lines());
        if (sorted.size() > SHOWN) {
            lines.add("  and " + (sorted.size() - SHOWN) + " more");
        }
        return lines;
    }
}
