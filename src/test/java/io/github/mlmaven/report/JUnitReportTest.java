package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class JUnitReportTest {

    @TempDir
    Path folder;

    @Test
    void aModelIsASuiteAndACheckIsACase() throws IOException {
        assertThat(written(SampleReports.failed())).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="ml-verify"><testsuite name="iris" tests="2" failures="1" errors="0" skipped="0">\
                <testcase classname="iris" name="structure"></testcase>
                <testcase classname="iris" name="golden">\
                <failure message="ML-GOLDEN-MISMATCH: src/test/model/iris/test_data_set_0: output y differs at [1]; \
                expected 2.0, found 3.0. Find out why." type="ML-GOLDEN-MISMATCH">\
                error ML-GOLDEN-MISMATCH src/test/model/iris/test_data_set_0: output y differs at [1]
                    expected  2.0
                    found     3.0
                    next      Find out why.</failure>
                </testcase>
                </testsuite>
                <testsuite name="broken" tests="1" failures="1" errors="0" skipped="0">\
                <testcase classname="broken" name="structure">\
                <failure message="ML-MODEL-EMPTY: src/main/model/broken/model.onnx: the file is empty. Copy it again." \
                type="ML-MODEL-EMPTY">error ML-MODEL-EMPTY src/main/model/broken/model.onnx: the file is empty
                    next  Copy it again.</failure>
                </testcase>
                </testsuite>
                <testsuite name="project" tests="1" failures="0" errors="0" skipped="0">\
                <testcase classname="project" name="layout, lock and base">\
                <system-out>warning ML-GOLDEN-MISSING src/test/model: nothing there
                    next  Add some.</system-out>
                </testcase>
                </testsuite>
                </testsuites>
                """);
    }

    @Test
    void whatIsHostileIsText() throws Exception {
        Document document = parsed(SampleReports.warned());

        List<Element> outputs = elements(document, "system-out");
        assertThat(outputs).hasSize(1);
        assertThat(outputs.get(0).getTextContent())
                .contains("info ML-SAFE-PICKLE src/main/model/fraud/a b.zip!/x.pkl: it is a pickle (accepted: read in a"
                        + " sandbox <only>)\n")
                .contains("    found     pickle <b>&amp;\"'  [31m \ufffd]]>\ud83d\ude00\n");
        assertThat(elements(document, "skipped"))
                .extracting(skipped -> skipped.getAttribute("message"))
                .containsExactly("no budget", "no budget");
        assertThat(elements(document, "testsuite"))
                .extracting(suite -> suite.getAttribute("name") + " " + suite.getAttribute("skipped"))
                .containsExactly("fraud 1", "churn 1", "project 0");
        assertThat(elements(document, "failure")).isEmpty();
    }

    private static List<Element> elements(Document document, String name) {
        return IntStream.range(0, document.getElementsByTagName(name).getLength())
                .mapToObj(i -> (Element) document.getElementsByTagName(name).item(i))
                .toList();
    }

    private Document parsed(VerificationReport report) throws Exception {
        written(report);
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("report.xml").toFile());
    }

    private String written(VerificationReport report) throws IOException {
        Path file = folder.resolve("report.xml");
        JUnitReport.write(file, report);
        return Files.readString(file);
    }
}
