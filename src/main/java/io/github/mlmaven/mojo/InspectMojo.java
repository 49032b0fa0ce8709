package io.github.mlmaven.mojo;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.Inspection;
import io.github.mlmaven.inspect.ModelLayout;
import io.github.mlmaven.inspect.RejectedModel;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.report.InspectReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.inject.Inject;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;

/** Prints each model's contract, opsets, operators, parameters and size, without loading it. */
@Mojo(name = "inspect", threadSafe = true)
public final class InspectMojo extends AbstractModelMojo {

    @Inject
    public InspectMojo(ModelArtifacts artifacts) {
        super(artifacts);
    }

    @Override
    protected void run() throws IOException, InterruptedException, MojoFailureException {
        ModelLayout.Discovery discovery = models();
        List<Inspection> inspections =
                discovery.models().stream().map(inspector()::inspect).toList();
        info(InspectReport.lines(inspections));
        List<Finding> findings = new ArrayList<>(discovery.findings());
        for (Inspection inspection : inspections) {
            if (inspection instanceof RejectedModel rejected) {
                findings.addAll(rejected.findings());
            }
            inspection.scanned().forEach(file -> findings.addAll(file.allFindings()));
        }
        if (findings.stream().anyMatch(Finding::isError)) {
            throw failed(findings);
        }
    }
}
