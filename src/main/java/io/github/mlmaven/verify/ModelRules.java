package io.github.mlmaven.verify;

import io.github.mlmaven.verify.budget.Budgets;
import io.github.mlmaven.verify.signature.SignatureSettings;

/**
 * What a pom demands of a model.
 *
 * @param budgets what it may cost
 * @param signature whose signature it has
 */
public record ModelRules(Budgets budgets, SignatureSettings signature) {

    /** Nothing. */
    public static final ModelRules NONE = new ModelRules(Budgets.NONE, SignatureSettings.NONE);
}
