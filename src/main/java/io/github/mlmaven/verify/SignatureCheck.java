package io.github.mlmaven.verify;

import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.verify.signature.SignatureResult;
import io.github.mlmaven.verify.signature.SignatureVerifier;

/** The model's files are those that somebody trusted has signed, if anybody has signed them. */
final class SignatureCheck implements Check {

    private static final String NAME = "signature";

    @Override
    public CheckResult check(Evidence evidence) {
        ModelSource source = evidence.inspected().source();
        SignatureResult result = SignatureVerifier.verify(
                source.folder(),
                source.place(),
                evidence.rules().signature(),
                evidence.inspected().files());
        return result.signed() || !result.findings().isEmpty()
                ? CheckResult.of(NAME, result.figure(), result.findings())
                : CheckResult.skipped(NAME, result.figure());
    }
}
