package io.github.mlmaven.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a screen, with one page, driven as a person drives it. */
public final class Browser implements AutoCloseable {

    /** Its command. */
    public static final String PROGRAM = "chromium";

    private static final String LISTENING = "DevTools listening on ";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Process process;
    private final DevTools tools;

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** Starts one that knows no host but this machine. */
    public static Browser start(Path profile) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                PROGRAM,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--no-proxy-server",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank");
        builder.environment().put("HOME", profile.toString());
        Process process =
                builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        BufferedReader errors = process.errorReader();
        List<String> lines = new ArrayList<>();
        for (String line = errors.readLine(); line != null; line = errors.readLine()) {
            lines.add(line);
            if (line.startsWith(LISTENING)) {
                Thread drain = new Thread(() -> errors.lines().forEach(dropped -> {}), "browser-errors");
                drain.setDaemon(true);
                drain.start();
                return attach(process, new DevTools(URI.create(line.substring(LISTENING.length()))));
            }
        }
        throw new IOException("the browser did not start: " + lines);
    }

    private static Browser attach(Process process, DevTools tools) {
        tools.attach(tools.call("Target.createTarget", Map.of("url", "about:blank"))
                .get("targetId")
                .asText());
        for (String domain : List.of("Page", "Runtime", "Log", "Network", "Accessibility")) {
            tools.call(domain + ".enable", Map.of());
        }
        return new Browser(process, tools);
    }

    /** Opens a page in a window of this size, and forgets what was wrong with the one before. */
    public void open(String url, int width, int height, String scheme) throws InterruptedException {
        tools.call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        tools.call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        tools.forgetEvents();
        tools.call("Page.navigate", Map.of("url", url));
        long begun = System.nanoTime();
        while (tools.events("Page.loadEventFired").isEmpty()) {
            pause(begun, url + " is not loaded");
        }
    }

    /** The value of an expression in the page. */
    public JsonNode evaluate(String expression) {
        JsonNode result = tools.call(
                "Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(
                    expression + ": " + result.get("exceptionDetails").toPrettyString());
        }
        return result.get("result").path("value");
    }

    /** Waits until an expression is true. */
    void await(String expression) throws InterruptedException {
        long begun = System.nanoTime();
        while (!evaluate("!!(" + expression + ")").asBoolean()) {
            pause(begun, "never true: " + expression + "\n" + evaluate("document.body.innerText"));
        }
    }

    private static void pause(long begun, String failure) throws InterruptedException {
        if (System.nanoTime() - begun > PATIENCE_NANOS) {
            throw new IllegalStateException(failure);
        }
        Thread.sleep(20);
    }

    /** Clicks into the middle of an element, where the user would see it. */
    void click(String selector) {
        JsonNode at = evaluate("(() => { const found = document.querySelector(" + quoted(selector) + ");"
                + " found.scrollIntoView({block: 'center'});"
                + " const box = found.getBoundingClientRect();"
                + " const at = {x: box.x + box.width / 2, y: box.y + box.height / 2};"
                + " at.hit = found.contains(document.elementFromPoint(at.x, at.y)); return at; })()");
        if (!at.get("hit").asBoolean()) {
            throw new IllegalStateException(selector + " is covered");
        }
        for (String type : List.of("mousePressed", "mouseReleased")) {
            tools.call(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", at.get("x"), "y", at.get("y"), "button", "left", "clickCount", 1));
        }
    }

    /** Types over all that a field has. */
    void fill(String selector, String text) {
        click(selector);
        evaluate("document.activeElement.select()");
        tools.call("Input.insertText", Map.of("text", text));
    }

    public void tab() {
        press(Map.of("key", "Tab", "code", "Tab", "windowsVirtualKeyCode", 9));
    }

    void enter() {
        press(Map.of("key", "Enter", "code", "Enter", "windowsVirtualKeyCode", 13, "text", "\r"));
    }

    private void press(Map<String, ?> key) {
        for (String type : List.of("keyDown", "keyUp")) {
            Map<String, Object> event = new HashMap<>(key);
            event.put("type", type);
            tools.call("Input.dispatchKeyEvent", event);
        }
    }

    /** What assistive technology hears of everything that can have the focus: its role and its name. */
    public List<String> controls() {
        List<String> controls = new ArrayList<>();
        for (JsonNode node : tools.call("Accessibility.getFullAXTree", Map.of()).get("nodes")) {
            String role = node.path("role").path("value").asText();
            boolean focusable = false;
            for (JsonNode property : node.path("properties")) {
                focusable |= property.get("name").asText().equals("focusable")
                        && property.at("/value/value").asBoolean();
            }
            if (focusable && !role.equals("RootWebArea")) {
                controls.add(role + ": " + node.path("name").path("value").asText());
            }
        }
        return controls;
    }

    /** Errors and warnings of the console, of scripts and of the page's policy. */
    public List<String> problems() {
        return Stream.of(
                        tools.events("Log.entryAdded").stream()
                                .map(event -> event.get("entry"))
                                .filter(entry -> !entry.get("level").asText().matches("verbose|info"))
                                .map(entry -> entry.get("source").asText() + ": "
                                        + entry.get("text").asText()),
                        tools.events("Runtime.exceptionThrown").stream().map(JsonNode::toString),
                        tools.events("Runtime.consoleAPICalled").stream().map(JsonNode::toString))
                .flatMap(problems -> problems)
                .toList();
    }

    /** What the page has asked for. */
    public List<String> requests() {
        return tools.events("Network.requestWillBeSent").stream()
                .map(event -> event.at("/request/method").asText() + " "
                        + event.at("/request/url").asText())
                .toList();
    }

    /** Writes a picture of the whole page. */
    public void screenshot(Path file) throws IOException {
        JsonNode size = evaluate("({width: innerWidth, height: document.scrollingElement.scrollHeight})");
        Map<String, Object> clip =
                Map.of("x", 0, "y", 0, "width", size.get("width"), "height", size.get("height"), "scale", 1);
        String data = tools.call("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
                .get("data")
                .asText();
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** Texts that are hard to read on what is behind them. */
    public JsonNode lowContrast() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream("contrast.js")) {
            return evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** Lets it tidy up, and waits for the processes that it has started: they write into the profile. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        tools.call("Browser.close", Map.of());
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        tools.close();
        for (ProcessHandle child : children) {
            child.destroyForcibly();
            child.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }
}
