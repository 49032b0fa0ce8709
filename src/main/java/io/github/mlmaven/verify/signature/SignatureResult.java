package io.github.mlmaven.verify.signature;

import io.github.mlmaven.finding.Finding;
import java.util.List;

/**
 * What a signature says.
 *
 * @param signed whether somebody trusted signed exactly these files
 * @param figure who, or why not, in a few words
 * @param findings everything that is wrong
 */
public record SignatureResult(boolean signed, String figure, List<Finding> findings) {
    public SignatureResult {
        findings = List.copyOf(findings);
    }
}
