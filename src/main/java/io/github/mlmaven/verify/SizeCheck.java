package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.verify.budget.ByteSize;
import java.util.ArrayList;
import java.util.List;

/** The model's files together are no larger than their budget. */
final class SizeCheck implements Check {

    private static final String NAME = "size";

    @Override
    public CheckResult check(Evidence evidence) {
        List<ModelFile> files = evidence.inspected().files();
        ByteSize size = new ByteSize(files.stream().mapToLong(ModelFile::size).sum());
        List<Finding> findings = new ArrayList<>();
        evidence.rules()
                .budgets()
                .maxSize()
                .filter(limit -> size.bytes() > limit.bytes())
                .ifPresent(limit -> findings.add(Finding.of(
                        FindingId.SIZE_BUDGET,
                        evidence.mainPlace(),
                        "the model is larger than its budget",
                        "at most " + limit,
                        size.toString(),
                        "Make the model smaller, or raise the budget.")));
        String in = files.size() == 1 ? "" : " in " + files.size() + " files";
        return CheckResult.of(NAME, size.brief() + in, findings);
    }
}
