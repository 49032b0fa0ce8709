package io.github.mlmaven.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * The page to try the models, as its user sees it.
 *
 * @param browser shows it
 * @param port of the server
 */
record ModelPage(Browser browser, int port) {

    /** Opens it in a window of this width, and waits for the models. */
    void open(int width, String scheme) throws InterruptedException {
        browser.open(url("/"), width, 900, scheme);
        browser.await("document.querySelector('article')");
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The text under its title, where it says how it is. */
    void awaitNote(String text) throws InterruptedException {
        browser.await("document.querySelector('#note').textContent === " + quoted(text));
    }

    /** Sends what the form of the model has, and waits until there is an answer. */
    void send(String model) throws InterruptedException {
        browser.click(selector(model, "[type=submit]"));
        awaitAnswer(model);
    }

    void send(String model, String request) throws InterruptedException {
        browser.fill(selector(model, ".request"), request);
        send(model);
    }

    void awaitAnswer(String model) throws InterruptedException {
        browser.await(find(model, ".output") + " || " + find(model, ".error") + ".textContent");
    }

    void click(String model, String part) {
        browser.click(selector(model, part));
    }

    String text(String model, String part) {
        return browser.evaluate(find(model, part) + ".textContent").asText();
    }

    String value(String model, String part) {
        return browser.evaluate(find(model, part) + ".value").asText();
    }

    /** The outputs: the title of each, and its values. */
    JsonNode outputs(String model) {
        return browser.evaluate("[...document.querySelectorAll(" + quoted(selector(model, ".output"))
                + ")].map(output => ({title: output.querySelector('h4').textContent,"
                + " values: [...output.querySelectorAll('td')].map(cell => cell.textContent)}))");
    }

    private String find(String model, String part) {
        return "document.querySelector(" + quoted(selector(model, part)) + ")";
    }

    private String selector(String model, String part) {
        return "#"
                + browser.evaluate("[...document.querySelectorAll('article')].find(card =>"
                                + " card.querySelector('h2').textContent === " + quoted(model) + ").id")
                        .asText()
                + " " + part;
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
