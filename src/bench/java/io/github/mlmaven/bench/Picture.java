package io.github.mlmaven.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Bars: requests per second as a share of what the plain loop in one process reaches in the same case. */
final class Picture {

    private static final int WIDTH = 860;
    private static final int LABEL = 250;
    private static final int SCALE = 480;
    private static final int BAR = 14;
    private static final int GAP = 14;
    private static final int TOP = 70;

    private static final Map<String, String> COLOURS = Map.of(
            OurServer.NAME, "#1f6feb",
            OurServer.WITHOUT_BATCHING, "#79b1ff",
            OurServer.ONE_EVENT_LOOP, "#0a3069",
            SpringBoot.NAME, "#6b8e23",
            FastApi.NAME, "#c9772b");

    /** A bar: a peer's share of the limit. */
    private record Bar(String peer, double share) {}

    /** A case and its bars. */
    private record Group(String caseId, List<Bar> bars) {
        int height() {
            return bars.size() * BAR + GAP;
        }
    }

    private final XMLStreamWriter xml;

    private Picture(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static void write(Results results, Path file) throws IOException {
        List<Group> groups = groups(results);
        try (OutputStream out = Files.newOutputStream(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
            new Picture(xml).draw(groups);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    private static List<Group> groups(Results results) {
        List<Group> groups = new ArrayList<>();
        for (String id : results.rows().stream().map(Row::caseId).distinct().toList()) {
            Optional<Double> limit = limit(results, id);
            List<Bar> bars = new ArrayList<>();
            for (String peer : List.of(
                    OurServer.NAME,
                    OurServer.WITHOUT_BATCHING,
                    OurServer.ONE_EVENT_LOOP,
                    SpringBoot.NAME,
                    FastApi.NAME)) {
                limit.ifPresent(l ->
                        results.sample(id, peer).ifPresent(sample -> bars.add(new Bar(peer, sample.perSecond() / l))));
            }
            if (!bars.isEmpty()) {
                groups.add(new Group(id, bars));
            }
        }
        return groups;
    }

    /** The loop with JSON for JSON, the engine alone otherwise. */
    private static Optional<Double> limit(Results results, String id) {
        String loop = id.contains(" json ") ? "loop-json-" : "loop-run-";
        return Stream.of(1, 2)
                .map(threads -> results.sample(id, loop + threads))
                .flatMap(Optional::stream)
                .map(Sample::perSecond)
                .max(Double::compare);
    }

    private void draw(List<Group> groups) throws XMLStreamException {
        int height = TOP + groups.stream().mapToInt(Group::height).sum() + 10;
        xml.writeStartDocument("UTF-8", "1.0");
        start("svg", "width", WIDTH, "height", height, "viewBox", "0 0 " + WIDTH + " " + height);
        xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
        xml.writeAttribute("font-family", "sans-serif");
        xml.writeAttribute("font-size", "12");
        empty("rect", "width", WIDTH, "height", height, "fill", "#ffffff");
        text(10, 22, "start", "#1b1f24", "Requests per second, as a share of the plain loop in one process (1.0)");
        legend(groups);
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            int x = LABEL + SCALE * tenth / 10;
            empty("line", "x1", x, "x2", x, "y1", TOP - 6, "y2", height - 10, "stroke", "#d0d7de");
            text(x, TOP - 10, "middle", "#57606a", String.format(Locale.ROOT, "%.1f", tenth / 10.0));
        }
        int y = TOP;
        for (Group group : groups) {
            text(LABEL - 8, y + group.bars().size() * BAR / 2 + 4, "end", "#1b1f24", group.caseId());
            for (Bar bar : group.bars()) {
                bar(bar, y);
                y += BAR;
            }
            y += GAP;
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void legend(List<Group> groups) throws XMLStreamException {
        int x = 10;
        for (String peer : groups.stream()
                .flatMap(group -> group.bars().stream())
                .map(Bar::peer)
                .distinct()
                .toList()) {
            empty("rect", "x", x, "y", 34, "width", 12, "height", 12, "fill", COLOURS.get(peer));
            text(x + 17, 44, "start", "#1b1f24", peer);
            x += 40 + peer.length() * 7;
        }
    }

    private void bar(Bar bar, int y) throws XMLStreamException {
        // A peer faster than the loop would leave the picture: its figure tells.
        int width = (int) Math.round(Math.min(bar.share(), 1.1) * SCALE);
        empty("rect", "x", LABEL, "y", y + 1, "width", width, "height", BAR - 2, "fill", COLOURS.get(bar.peer()));
        text(LABEL + width + 5, y + BAR - 3, "start", "#57606a", String.format(Locale.ROOT, "%.2f", bar.share()));
    }

    private void text(int x, int y, String anchor, String colour, String text) throws XMLStreamException {
        start("text", "x", x, "y", y, "text-anchor", anchor, "fill", colour);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void start(String name, Object... attributes) throws XMLStreamException {
        xml.writeStartElement(name);
        attributes(attributes);
    }

    private void empty(String name, Object... attributes) throws XMLStreamException {
        xml.writeEmptyElement(name);
        attributes(attributes);
    }

    private void attributes(Object... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            xml.writeAttribute(attributes[i].toString(), attributes[i + 1].toString());
        }
    }
}
