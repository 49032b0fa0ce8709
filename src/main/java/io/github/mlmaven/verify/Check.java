package io.github.mlmaven.verify;

/** Judges one side of a model by the evidence; a further check is one class and one line in {@link ModelVerifier}. */
interface Check {

    /** Judges; never throws for what a model or its golden data may hold. */
    CheckResult check(Evidence evidence);
}
