package io.github.mlmaven.report;

import java.io.IOException;

/** A table of a page, in a box of its own that scrolls when the page is narrow. */
final class HtmlTable {

    private final Markup html;

    /** Begins one whose columns have names. */
    HtmlTable(Markup html, String caption, String... columns) throws IOException {
        this.html = html;
        begin(caption);
        html.open("thead").open("tr");
        for (String column : columns) {
            html.element("th", column, "scope", "col");
        }
        html.close("tr").close("thead").open("tbody");
    }

    /** Begins one whose rows alone have names. */
    HtmlTable(Markup html, String caption) throws IOException {
        this.html = html;
        begin(caption);
        html.open("tbody");
    }

    private void begin(String caption) throws IOException {
        // What scrolls can have the focus, or the keyboard could not reach what is hidden.
        html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption)
                .open("table")
                .element("caption", caption);
    }

    /** Adds a row, which is named by its first cell. */
    HtmlTable row(String name, String... cells) throws IOException {
        html.open("tr").element("th", Plain.text(name), "scope", "row");
        for (String cell : cells) {
            html.element("td", Plain.text(cell));
        }
        html.close("tr");
        return this;
    }

    /** Adds a row whose second cell is coloured by a verdict. */
    HtmlTable judged(String name, String verdict, String level, String... cells) throws IOException {
        html.open("tr")
                .element("th", Plain.text(name), "scope", "row")
                .open("td")
                .element("span", verdict, "class", level);
        html.close("td");
        for (String cell : cells) {
            html.element("td", Plain.text(cell));
        }
        html.close("tr");
        return this;
    }

    void end() throws IOException {
        html.close("tbody").close("table").close("div");
    }
}
