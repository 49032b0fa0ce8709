package io.github.mlmaven.serving.repository;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.contract.ContractDifference;
import io.github.mlmaven.model.contract.TensorChange;
import java.util.List;
import java.util.stream.Collectors;

/** Clients of a model that is served must still be right when another version of it takes its place. */
final class ContractRule {

    private static final int SHOWN = 5;

    private ContractRule() {}

    /**
     * Compares the contracts.
     *
     * @throws UnusableModelException which names what would break clients
     */
    static void expectCompatible(ModelDescriptor served, ModelDescriptor next) throws UnusableModelException {
        List<TensorChange> breaking = ContractDifference.between(served.contract(), next.contract()).changes().stream()
                .filter(TensorChange::breaking)
                .toList();
        if (breaking.isEmpty()) {
            return;
        }
        String shown = breaking.stream().limit(SHOWN).map(ContractRule::text).collect(Collectors.joining("; "));
        throw new UnusableModelException(List.of("its contract breaks clients of " + served.version() + ": " + shown
                + (breaking.size() > SHOWN ? "; and " + (breaking.size() - SHOWN) + " more" : "")
                + ". Unload the model first, or start the server with ML_REPOSITORY_CONTRACT=any"));
    }

    private static String text(TensorChange change) {
        return change.what() + ", expected "
                + change.before().orElse("no " + change.subject()) + ", found "
                + change.now().orElse("none");
    }
}
