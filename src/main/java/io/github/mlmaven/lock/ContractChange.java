package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.contract.ContractDifference;
import io.github.mlmaven.model.contract.TensorChange;
import java.util.List;

/**
 * A model whose contract is not the locked one.
 *
 * @param model the model's name
 * @param difference what changed, which is not nothing
 */
public record ContractChange(String model, ContractDifference difference) {

    /** A finding for each tensor: an error where clients break, a note where they need not know. */
    public List<Finding> findings() {
        return difference.changes().stream().map(this::finding).toList();
    }

    private Finding finding(TensorChange change) {
        FindingId id = change.breaking() ? FindingId.CONTRACT_CHANGED : FindingId.CONTRACT_EXTENDED;
        String side = "models/" + model + "/contract/" + change.side() + "s";
        return new Finding(
                id,
                id.severity(),
                change.tensor().isEmpty() ? side : side + "/" + change.tensor(),
                (change.breaking()
                                ? "clients of the locked contract break: "
                                : "the contract changed, and clients need not notice: ")
                        + change.what(),
                change.before(),
                change.now(),
                change.breaking()
                        ? "Restore the model, or run `mvn ml:lock` to accept the contract once the clients know."
                        : "Run `mvn ml:lock` to accept it.");
    }
}
