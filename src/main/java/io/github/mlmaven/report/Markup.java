package io.github.mlmaven.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes elements and texts, everything escaped. */
final class Markup implements AutoCloseable {

    /** After these no line ends: it would be a space within a text. */
    private static final Set<String> INLINE = Set.of("a", "code", "span", "strong");

    private final Deque<String> open = new ArrayDeque<>();
    private final XMLStreamWriter writer;
    private final OutputStream out;

    private Markup(OutputStream out) throws IOException {
        this.out = out;
        try {
            // The JDK's own, whatever else is on the class path: reports are the same everywhere.
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** A document of XML. */
    static Markup xml(OutputStream out) throws IOException {
        Markup markup = new Markup(out);
        markup.run(() -> markup.writer.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0"));
        return markup.newLine();
    }

    /** A document of HTML, which here is well-formed XML too. */
    static Markup html(OutputStream out) throws IOException {
        Markup markup = new Markup(out);
        markup.run(() -> markup.writer.writeDTD("<!doctype html>"));
        return markup.newLine();
    }

    /** Begins an element; attributes are names and values by turns. */
    Markup open(String element, String... attributes) throws IOException {
        return run(() -> {
            writer.writeStartElement(element);
            open.push(element);
            attributes(attributes);
        });
    }

    /**
     * Ends an element.
     *
     * @throws IllegalStateException if another one is open
     */
    Markup close(String element) throws IOException {
        if (!open.pop().equals(element)) {
            throw new IllegalStateException(element + " is not the open element");
        }
        run(writer::writeEndElement);
        return INLINE.contains(element) ? this : newLine();
    }

    /** An element without content. */
    Markup empty(String element, String... attributes) throws IOException {
        return run(() -> {
            writer.writeEmptyElement(element);
            attributes(attributes);
        });
    }

    /** An element with nothing but text. */
    Markup element(String element, String text, String... attributes) throws IOException {
        return open(element, attributes).text(text).close(element);
    }

    Markup text(String text) throws IOException {
        return run(() -> writer.writeCharacters(Plain.xml(text)));
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], Plain.text(Plain.xml(attributes[i + 1])));
        }
    }

    private Markup newLine() throws IOException {
        return run(() -> writer.writeCharacters("\n"));
    }

    private Markup run(Step step) throws IOException {
        try {
            step.run();
            return this;
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    /** A call of the writer. */
    private interface Step {
        void run() throws XMLStreamException;
    }

    @Override
    public void close() throws IOException {
        run(writer::writeEndDocument).run(writer::close);
        out.flush();
    }
}
