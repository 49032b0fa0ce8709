package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that behave in a way of their own, and what the build says about them. */
class SmokeTestTest {

    private static final String LOG = " All that the server printed is in target/ml/image/smoke.log.";
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    @Test
    void passesWhenEveryGoldenCaseMatches() throws Exception {
        SmokeResult result = run(StandIn.answering(StandIn.RIGHT), LONG, golden());
        assertThat(result.cases()).isEqualTo(2);
        assertThat(result.sample()).get().extracting(SmokeResult.Sample::golden).isEqualTo("small");
        assertThat(folder.resolve("target/ml/image/smoke.log")).content().startsWith("ready on port ");
    }

    @Test
    void asksAModelWithoutGoldenCasesForItsContract() throws Exception {
        SmokeResult result = run(StandIn.answering("{}"), LONG, List.of());
        assertThat(result).isEqualTo(new SmokeResult(1, 0, Optional.empty()));
    }

    @Test
    void reportsEveryOutputThatDiffers() {
        assertThatThrownBy(() -> run(StandIn.answering(StandIn.WRONG), LONG, golden()))
                .isInstanceOf(ImageException.class)
                .hasMessage("""
                        ML-IMAGE-SMOKE: src/test/model/small: the packaged server predicts otherwise: output OUTPUT1 differs at [0,2] (1 of 16 elements differ); expected -1, found 0.%1$s
                        ML-IMAGE-SMOKE: src/test/model/same: the packaged server predicts otherwise: output OUTPUT1 differs at [0,2] (1 of 16 elements differ); expected -1, found 0.%1$s""".formatted(LOG));
    }

    @Test
    void reportsAServerThatRefuses() {
        assertThatThrownBy(() -> run(StandIn.server(503, "{\"error\": \"not ready\"}", 0), LONG, golden()))
                .hasMessage("ML-IMAGE-SMOKE: src/main/model: the packaged server does not answer"
                        + " GET /v2/models/add-sub/versions/1.4.0/ready;"
                        + " expected status 200, found status 503: {\"error\": \"not ready\"}." + LOG);
    }

    @Test
    void reportsAnAnswerThatIsNoPrediction() {
        assertThatThrownBy(() -> run(StandIn.answering("hello"), LONG, golden().subList(0, 1)))
                .hasMessageStartingWith("ML-IMAGE-SMOKE: src/test/model/small: the packaged server's answer cannot be"
                        + " read: not JSON, at line 1, column ")
                .hasMessageEndingWith(
                        "; expected the outputs as the Open Inference Protocol writes them, found hello." + LOG);
    }

    @Test
    void reportsAServerThatEndsAtOnceWithWhatItSaid() {
        assertThatThrownBy(() -> run("System.out.println(\"one\\n\\ntwo\"); System.exit(3);", LONG, golden()))
                .hasMessage("ML-IMAGE-SMOKE: image: the packaged server ended before it was ready; expected a line"
                        + " \"ready on port N\" within 60 s, found exit code 3, last output: one / two." + LOG);
    }

    @Test
    void reportsAServerThatDoesNotGetReady() {
        assertThatThrownBy(() -> run("Thread.sleep(60_000);", SHORT, golden()))
                .hasMessage("ML-IMAGE-SMOKE: image: the packaged server did not get ready; expected a line"
                        + " \"ready on port N\" within 2 s, found no such line, without any output." + LOG);
    }

    @Test
    void waitsNoLongerForAServerOfWhichNothingIsRead() throws Exception {
        Files.createDirectories(folder.resolve("target/ml/image/smoke.log"));
        assertThatThrownBy(() -> run("Thread.sleep(60_000);", SHORT, golden()))
                .hasMessage("ML-IMAGE-SMOKE: image: what the packaged server prints could not be written to its log;"
                        + " expected a line \"ready on port N\" within 2 s, found no such line, last output: (output"
                        + " lost: " + folder.resolve("target/ml/image/smoke.log") + ": Is a directory)." + LOG);
    }

    @Test
    void reportsAServerThatDoesNotStopCleanly() {
        assertThatThrownBy(() -> run(StandIn.server(200, StandIn.RIGHT, 7), LONG, golden()))
                .hasMessageStartingWith(
                        "ML-IMAGE-SMOKE: image: the packaged server did not stop cleanly;"
                                + " expected exit code 0 within 60 s of SIGTERM, found exit code 7, last output: ready on port ");
    }

    @Test
    void leavesNoProcessBehindWhenAServerDoesNotStop() {
        String stubborn = "System.out.println(\"pid \" + ProcessHandle.current().pid());\n"
                + StandIn.answering(StandIn.RIGHT).replace("Runtime.getRuntime().halt(0)", "{ while (true) { } }");
        assertThatThrownBy(() -> run(stubborn, Duration.ofSeconds(10), List.of()))
                .hasMessageStartingWith("ML-IMAGE-SMOKE: image: the packaged server does not stop;"
                        + " expected exit code 0 within 10 s of SIGTERM, found still running");
        assertThat(folder.resolve("target/ml/image/smoke.log"))
                .content()
                .satisfies(log -> assertThat(ProcessHandle.of(Long.parseLong(
                                log.lines().findFirst().orElseThrow().substring("pid ".length()))))
                        .isEmpty());
    }

    private SmokeResult run(String body, Duration timeout, List<GoldenCase> golden)
            throws ImageException, IOException, InterruptedException {
        SampleProject project = SampleProject.create(folder, body);
        VerifiedModel model = project.model(golden);
        Files.createDirectories(project.workFolder());
        Path log = project.workFolder().resolve("smoke.log");
        List<String> command = List.of(
                Machine.current().java().toString(), "-cp", project.classes().toString(), SampleProject.MAIN_CLASS);
        return new SmokeTest(new ImageRequest.Smoke(timeout, Map.of()), log, "target/ml/image/smoke.log")
                .run(command, List.of(model));
    }

    private static List<GoldenCase> golden() {
        return List.of(SampleProject.golden("small", (a, b) -> a - b), SampleProject.golden("same", (a, b) -> a - b));
    }
}
