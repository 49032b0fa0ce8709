package io.github.mlmaven.report;

import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * All files that tell of a verification. The same verification gives the same bytes: no time, no host, no absolute path.
 *
 * @param folder where they are
 */
public record Reports(Path folder) {

    private static final String JSON = "verify.json";
    private static final String HTML = "verify.html";
    private static final String SARIF = "verify.sarif";
    private static final String JUNIT = "TEST-ml-verify.xml";

    /** The files, the one for people first. */
    public List<Path> files() {
        return List.of(file(HTML), json(), file(SARIF), file(JUNIT));
    }

    /** Deletes them, so that no report of an earlier build stands for this one. */
    public void delete() throws IOException {
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
    }

    /** Writes all of them. */
    public void write(VerificationReport report, ReportSettings settings) throws IOException {
        JsonReport.write(file(JSON), report, settings);
        SarifReport.write(file(SARIF), report, settings);
        JUnitReport.write(file(JUNIT), report);
        HtmlReport.write(file(HTML), report, settings);
    }

    /** The one for machines. */
    public Path json() {
        return file(JSON);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
