package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mlmaven.image.Tool;
import io.github.mlmaven.serving.Browser;
import io.github.mlmaven.verify.VerificationReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The report for people, in a real browser. */
@Timeout(120)
class HtmlReportTest {

    private static final Path PICTURES = Path.of("target/report");

    @TempDir
    static Path work;

    private static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        Tool.require(Browser.PROGRAM, "--version");
        browser = Browser.start(Files.createDirectory(work.resolve("browser")));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,light,failed", "400,dark,failed", "1400,light,failed", "1400,dark,failed",
        "400,light,warned", "400,dark,warned", "1400,light,warned", "1400,dark,warned",
    })
    void itIsReadable(int width, String scheme, String which) throws Exception {
        open(which.equals("failed") ? SampleReports.failed() : SampleReports.warned(), width, scheme);
        browser.screenshot(PICTURES.resolve(which + "-" + width + "-" + scheme + ".png"));

        assertThat(browser.evaluate("document.scrollingElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        assertThat(browser.lowContrast()).extracting(JsonNode::asText).isEmpty();
        assertThat(texts("[...document.querySelectorAll('body *')].filter(found => found.checkVisibility()"
                        + " && [...found.childNodes].some(child => child.nodeType === 3 && child.data.trim())"
                        + " && parseFloat(getComputedStyle(found).fontSize) < 12).map(found => found.outerHTML)"))
                .isEmpty();
        assertThat(texts("[...document.querySelectorAll('svg.plot text')].filter((found, i, all) => {"
                        + " const box = found.getBoundingClientRect();"
                        + " const next = all[i + 1] && all[i + 1].ownerSVGElement === found.ownerSVGElement"
                        + " ? all[i + 1].getBoundingClientRect().left : Infinity;"
                        + " const plot = found.ownerSVGElement.getBoundingClientRect();"
                        + " return box.right > next || box.left < plot.left || box.right > plot.right;"
                        + " }).map(found => found.outerHTML)"))
                .isEmpty();
    }

    @Test
    void itNeedsNoNetworkAndNoScripts() throws Exception {
        Path page = open(SampleReports.warned(), 1400, "light");

        assertThat(browser.requests()).containsExactly("GET " + page.toUri());
        assertThat(browser.problems()).isEmpty();
        assertThat(browser.evaluate("document.scripts.length").asInt()).isZero();
        assertThat(browser.evaluate("document.compatMode").asText()).isEqualTo("CSS1Compat");
        assertThat(browser.evaluate("document.querySelectorAll('b').length").asInt())
                .isZero();
    }

    @Test
    void everythingHasALabel() throws Exception {
        open(SampleReports.warned(), 1400, "light");

        assertThat(browser.evaluate("document.documentElement.lang").asText()).isEqualTo("en");
        assertThat(browser.evaluate("document.title").asText()).isEqualTo("Model verification: Passed with warnings");
        assertThat(texts("[...document.querySelectorAll('table')].filter(found => !found.caption).map(found => 'x')"))
                .isEmpty();
        assertThat(texts("[...document.querySelectorAll('th')].filter(found => !found.scope).map(found => 'x')"))
                .isEmpty();
        assertThat(texts("[...document.querySelectorAll('svg.plot')].map(found => found.getAttribute('aria-label'))"))
                .anyMatch(label -> label.matches("Output y .*: 24 cases, of which \\d+ failed; the largest error uses"
                        + " [0-9.]+ % of the tolerance"))
                .anyMatch(label -> label.equals("How many of 1,334 runs took how long; p50 0.812 ms, p99 12.5 ms"));
        assertThat(texts("[...document.querySelectorAll('h1,h2,h3')].map(found => found.tagName)"))
                .startsWith("H1", "H2", "H3");
        assertThat(browser.controls())
                .contains("link: fraud", "link: churn")
                .noneMatch(control -> control.endsWith(": "));
    }

    @Test
    void itTellsVerdictFindingsAndTheModel() throws Exception {
        open(SampleReports.failed(), 1400, "light");

        assertThat(text("p.verdict")).isEqualTo("Failed: 2 models, 2 errors, 1 warning.");
        assertThat(texts("[...document.querySelectorAll('.finding h3')].map(found => found.textContent)"))
                .containsExactly("error the file is empty", "error output y differs at [1]", "warning nothing there");
        assertThat(text(".finding .soft")).isEqualTo("ML-MODEL-EMPTY means: A file of zero bytes.");
        assertThat(rows("Model card"))
                .contains(
                        "Format|onnx, IR version 8",
                        "Producer|exporter 2 [31m",
                        "Licence|Apache-2.0",
                        "Parameters (learned numbers)|1,234,567",
                        "Operators (steps of computation)|1,201: ai.onnx.MatMul 1200, ai.onnx.Add 1");
        assertThat(rows("Contract: what it takes and gives"))
                .contains(
                        "x|input|FP32[N,4]|decimal numbers, any number (N) × 4",
                        "y|output|FP32[N]|decimal numbers, any number (N)");
        assertThat(rows("Checks")).contains("golden|Failed|0 of 2 cases|the engine predicts what the golden data says");
        assertThat(rows("Golden cases, failures first"))
                .contains(
                        "test_data_set_0|Failed|y|476000 %|1.00e+00 at [1]|5.00e-01 at [1]|atol 1e-5, rtol 1e-4",
                        "test_data_set_1|Failed|none: no||||");
        assertThat(rows("Files of the model")).contains("model.onnx|63,757 bytes (62.3 KiB)|" + SampleReports.DIGEST);
        assertThat(text("#model-2 p")).isEqualTo("The model could not be read, so nothing else is known of it.");
    }

    @Test
    void itTellsWhatWasAcceptedLookedAtAndMeasured() throws Exception {
        open(SampleReports.warned(), 1400, "light");

        assertThat(texts("[...document.querySelectorAll('.finding h3')].map(found => found.textContent)"))
                .containsExactly(
                        "warning it is not served", "info it is a pickle (accepted: read in a sandbox <only>)");
        assertThat(rows("Files that were looked at"))
                .contains(
                        "src/main/model/fraud/a b.zip|archive|a zip file|77 bytes",
                        "src/main/model/fraud/a b.zip!/<b>&amp;\"'  [31m \ufffd]]>\ud83d\ude00|unsafe"
                                + "|a Python pickle, protocol 4|12 bytes");
        assertThat(rows("Latency: what this share of the runs did not exceed")).contains("p50|0.812", "p99|12.5");
        assertThat(browser.evaluate("document.querySelectorAll('#model-1 svg.plot .bar').length")
                        .asInt())
                .isEqualTo(20);
        assertThat(browser.evaluate(
                                "document.querySelectorAll('#model-1 figure circle, #model-1 figure rect.bad').length")
                        .asInt())
                .isEqualTo(24);
    }

    private static Path open(VerificationReport report, int width, String scheme)
            throws IOException, InterruptedException {
        Path page = work.resolve("verify.html");
        HtmlReport.write(page, report, SampleReports.SETTINGS);
        browser.open(page.toUri().toString(), width, 900, scheme);
        return page;
    }

    private static String text(String selector) {
        return browser.evaluate("document.querySelector('" + selector + "').textContent")
                .asText();
    }

    private static List<String> rows(String caption) {
        return texts(
                "[...document.querySelectorAll('table')].filter(found => found.caption.textContent === '" + caption
                        + "').flatMap(found => [...found.rows]).map(row => [...row.cells].map(cell => cell.textContent).join('|'))");
    }

    private static List<String> texts(String expression) {
        List<String> texts = new ArrayList<>();
        browser.evaluate(expression).forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
