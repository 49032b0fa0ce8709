package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.Tool;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.json.ExampleJson;
import io.github.mlmaven.serving.http.HttpEndpoint;
import io.github.mlmaven.serving.http.HttpLimits;
import io.github.mlmaven.serving.http.Serving;
import io.github.mlmaven.serving.inference.InferencePool;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page to try the models, in a real browser, of a real server. */
@Timeout(120)
class PageTest {

    private static final Path MODELS = Path.of("src/test/models");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PICTURES = Path.of("target/page");

    @TempDir
    static Path work;

    private static ForkedServer server;
    private static Browser browser;
    private static ModelPage page;

    @BeforeAll
    static void start() throws Exception {
        Tool.require(Browser.PROGRAM, "--version");
        ApplicationFolder application = ApplicationFolder.withModelFolder(work)
                .add("breast-cancer", "1.4.0", MODELS.resolve("breast-cancer-lgbm/model.onnx"))
                .add("add-sub", "1.0", MODELS.resolve("add-sub/model.onnx"))
                .add("large", "1", OnnxModels.identity(work.resolve("large.onnx"), Datatype.INT64))
                .add("text", "1", OnnxModels.identity(work.resolve("text.onnx"), Datatype.BYTES))
                .write();
        addExample(application, "breast-cancer", MODELS.resolve("breast-cancer-lgbm"));
        addExample(application, "add-sub", MODELS.resolve("add-sub"));
        server = ForkedServer.start(application, work, Map.of());
        browser = Browser.start(Files.createDirectory(work.resolve("browser")));
        page = new ModelPage(browser, server.port());
    }

    private static void addExample(ApplicationFolder application, String name, Path model) throws Exception {
        Path resource = application.classes().resolve(ExampleJson.RESOURCES + name + ".json");
        Files.createDirectories(resource.getParent());
        Files.write(resource, ExampleJson.write(example(model)).orElseThrow());
    }

    private static Example example(Path model) throws Exception {
        Path golden = model.resolve("test_data_set_0");
        return new Example(GoldenFiles.read(golden, "input"), GoldenFiles.read(golden, "output"));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        page.open(1400, "light");
    }

    @Test
    void itShowsTheModelsAndTheirContracts() {
        assertThat(browser.evaluate("[...document.querySelectorAll('h2')].map(found => found.textContent)"))
                .extracting(JsonNode::asText)
                .containsExactly("breast-cancer", "add-sub", "large", "text");
        assertThat(page.text("add-sub", ".facts")).startsWith("Version 1.0 · ");
        assertThat(page.text("add-sub", ".contract"))
                .contains("INPUT0INT32[-1,16]")
                .contains("OUTPUT1INT32[-1,16]");
        assertThat(browser.problems()).isEmpty();
        assertThat(browser.requests())
                .contains("GET " + page.url("/"), "GET " + page.url("/openapi.json"))
                .allMatch(request -> request.startsWith("GET " + page.url("/")));
    }

    @ParameterizedTest
    @CsvSource({"breast-cancer,breast-cancer-lgbm", "add-sub,add-sub"})
    void aClickSendsTheExampleAndShowsThePrediction(String model, String folder) throws Exception {
        JsonNode golden = JSON.readTree(
                        ExampleJson.write(example(MODELS.resolve(folder))).orElseThrow())
                .get("outputs");

        page.send(model);

        assertThat(page.text(model, ".status")).matches("200 OK, round trip [0-9.]+ ms");
        JsonNode outputs = page.outputs(model);
        assertThat(outputs).hasSameSizeAs(golden);
        for (int i = 0; i < golden.size(); i++) {
            JsonNode expected = golden.get(i);
            JsonNode found = outputs.get(i);
            assertThat(found.get("title").asText())
                    .isEqualTo(expected.get("name").asText() + " "
                            + expected.get("datatype").asText() + " " + expected.get("shape"));
            assertThat(found.get("values")).isNotEmpty().hasSameSizeAs(expected.get("data"));
            for (int j = 0; j < expected.get("data").size(); j++) {
                assertThat(Double.parseDouble(found.at("/values/" + j).asText()))
                        .isCloseTo(expected.at("/data/" + j).asDouble(), Offset.offset(1e-5));
            }
        }
        assertThat(browser.problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"inputs\":7}", "{\"inputs\":[]}", "no JSON"})
    void aWrongRequestShowsTheServersOwnWords(String request) throws Exception {
        HttpResponse<String> reply = server.post("/v2/models/add-sub/infer", request);

        page.send("add-sub", request);

        assertThat(page.text("add-sub", ".status")).startsWith("400 Bad Request, ");
        assertThat(page.text("add-sub", ".error"))
                .isNotEmpty()
                .isEqualTo(JSON.readTree(reply.body()).get("error").asText());
        assertThat(page.text("add-sub", ".raw pre")).isEqualTo(reply.body());
        assertThat(page.outputs("add-sub")).isEmpty();
        assertThat(browser.problems()).singleElement().asString().contains("status of 400");
    }

    @Test
    void integersBeyondADoubleStayAsTheyAre() throws Exception {
        String request = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"INT64\","
                + "\"data\":[9007199254740993,-9223372036854775808]}]}";

        page.send("large", request);

        assertThat(page.outputs("large").at("/0/values"))
                .extracting(JsonNode::asText)
                .containsExactly("9007199254740993", "-9223372036854775808");
        assertThat(page.value("large", ".curl"))
                .isEqualTo("curl -s '" + page.url("/v2/models/large/infer")
                        + "' -H 'Content-Type: application/json' -d '" + request + "'");
    }

    @Test
    void theServersTextIsNeverMarkup() throws Exception {
        String text = "<img src=x onerror=alert(1)>";

        page.send(
                "text",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"" + text + "\"]}]}");

        assertThat(page.outputs("text").at("/0/values/0").asText()).isEqualTo(text);
        assertThat(browser.evaluate("document.images.length").asInt()).isZero();
        assertThat(browser.problems()).isEmpty();
    }

    @Test
    void withoutAnExampleThereAreZerosThatWork() throws Exception {
        page.send("large");

        assertThat(page.outputs("large").at("/0/values"))
                .extracting(JsonNode::asText)
                .containsExactly("0");
        assertThat(page.text("large", ".hint")).contains("no golden data");
        assertThat(page.text("add-sub", ".hint")).isEmpty();
    }

    @Test
    void severalRowsAreRows() throws Exception {
        String numbers = IntStream.range(0, 32).mapToObj(String::valueOf).collect(Collectors.joining(","));
        String input = "{\"name\":\"INPUT%d\",\"shape\":[2,16],\"datatype\":\"INT32\",\"data\":[" + numbers + "]}";

        page.send("add-sub", "{\"inputs\":[" + input.formatted(0) + "," + input.formatted(1) + "]}");

        assertThat(page.text("add-sub", ".output thead")).isEqualTo("Row0123456789101112131415");
        assertThat(page.text("add-sub", ".output tbody tr:nth-child(2)")).startsWith("1323436");
    }

    @Test
    void theCurlLineAsksTheSame() throws Exception {
        String start =
                "curl -s '" + page.url("/v2/models/breast-cancer/infer") + "' -H 'Content-Type: application/json' -d '";
        String line = page.value("breast-cancer", ".curl");
        assertThat(line).startsWith(start).endsWith("'");
        String body = line.substring(start.length(), line.length() - 1);
        assertThat(server.post("/v2/models/breast-cancer/infer", body).statusCode())
                .isEqualTo(200);

        page.click("breast-cancer", ".same summary");
        page.click("breast-cancer", ".copy");

        assertThat(page.text("breast-cancer", ".copied")).isEqualTo("Copied.");
    }

    @Test
    void theKeyboardIsEnough() throws Exception {
        List<String> reached = new ArrayList<>();
        while (reached.size() < 60 && !reached.contains("add-sub/Send")) {
            browser.tab();
            reached.add(browser.evaluate("(() => { const at = document.activeElement;"
                            + " return (at.closest('article')?.querySelector('h2').textContent ?? '') + '/'"
                            + " + (at.matches('textarea') ? at.className : at.textContent); })()")
                    .asText());
        }
        assertThat(reached).contains("/OpenAPI", "add-sub/request", "add-sub/Send");
        assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle")
                        .asText())
                .isEqualTo("solid");

        browser.enter();

        page.awaitAnswer("add-sub");
        assertThat(page.text("add-sub", ".status")).startsWith("200 OK, ");
    }

    @ParameterizedTest
    @CsvSource({"400,light", "400,dark", "1400,light", "1400,dark"})
    void itIsReadable(int width, String scheme) throws Exception {
        page.open(width, scheme);
        page.send("breast-cancer");
        page.send("add-sub", "{}");
        browser.evaluate("document.querySelectorAll('details').forEach(found => found.open = true)");
        browser.evaluate("scrollTo(0, 0)");
        browser.screenshot(PICTURES.resolve(width + "-" + scheme + ".png"));

        assertThat(browser.evaluate("document.scrollingElement.scrollWidth").asInt())
                .isLessThanOrEqualTo(width);
        assertThat(browser.lowContrast()).extracting(JsonNode::asText).isEmpty();
        assertThat(browser.controls())
                .contains(
                        "link: OpenAPI",
                        "link: add-sub",
                        "textbox: Request",
                        "button: Send",
                        "button: Reset",
                        "textbox: The same with curl",
                        "button: Copy")
                .noneMatch(control -> control.endsWith(": "));
        assertThat(browser.problems()).singleElement().asString().contains("status of 400");
    }

    @Test
    void aServerThatHasGoneIsSaid() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(work.resolve("gone"))
                .add("add-sub", "1.0", MODELS.resolve("add-sub/model.onnx"))
                .write();
        ModelPage orphan;
        try (ForkedServer other = ForkedServer.start(application, work, Map.of())) {
            orphan = new ModelPage(browser, other.port());
            orphan.open(1400, "light");
        }

        orphan.send("add-sub");

        assertThat(orphan.text("add-sub", ".status")).isEqualTo("No reply");
        assertThat(orphan.text("add-sub", ".error")).isEqualTo("Failed to fetch");
    }

    @Test
    void itWaitsForModelsThatAreBeingLoaded() throws Exception {
        AtomicReference<Optional<Models>> models = new AtomicReference<>(Optional.empty());
        try (InferencePool pool = new InferencePool(1, 1);
                HttpEndpoint http =
                        HttpEndpoint.listen(0, HttpLimits.DEFAULT, new Serving(models::get, new Readiness(), pool))) {
            ModelPage early = new ModelPage(browser, http.port());
            browser.open(early.url("/"), 1400, 900, "light");
            early.awaitNote("not ready: the models are being loaded");

            models.set(Optional.of(new Models(List.of())));

            early.awaitNote("This server has no models.");
        }
    }
}
