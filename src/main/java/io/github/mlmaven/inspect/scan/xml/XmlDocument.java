package io.github.mlmaven.inspect.scan.xml;

import io.github.mlmaven.inspect.scan.read.Shown;
import java.io.Reader;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What counts in an XML document, read to its end by the JDK's own parser. */
final class XmlDocument {

    private static final int MAX_INSTRUCTIONS = 10;
    private static final Set<String> SCRIPTED = Set.of("svg", "html");

    /** {@link MarkupReader} bounds them; newer JDKs have tighter limits of their own, with other messages. */
    private static final Set<String> OWN_LIMITS =
            Set.of("jdk.xml.maxElementDepth", "jdk.xml.elementAttributeLimit", "jdk.xml.maxXMLNameLimit");

    private static final String NEVER_REACHED = "5000";

    private Optional<String> root = Optional.empty();
    private String version = "";
    private String model = "";
    private boolean script;
    private final SortedSet<String> instructions = new TreeSet<>();

    /** Reads it; what was found before an exception stays. */
    void read(Reader in) throws XMLStreamException {
        XMLStreamReader reader = factory().createXMLStreamReader(in);
        try {
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> element(reader);
                    case XMLStreamConstants.PROCESSING_INSTRUCTION -> {
                        if (instructions.size() < MAX_INSTRUCTIONS) {
                            instructions.add(Shown.of(String.valueOf(reader.getPITarget())));
                        }
                    }
                    default -> {}
                }
            }
        } finally {
            reader.close();
        }
    }

    private void element(XMLStreamReader reader) {
        String name = reader.getLocalName();
        if (root.isEmpty()) {
            root = Optional.of(name);
            version = String.valueOf(reader.getAttributeValue("", "version"));
        } else if (isPmml() && model.isEmpty() && (name.endsWith("Model") || name.equals("Scorecard"))) {
            model = name;
        } else if (name.equals("script") && SCRIPTED.contains(root.get())) {
            script = true;
        }
    }

    private static XMLInputFactory factory() {
        // Not the one of the class path: Maven and its plugins bring others, with defaults of their own.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is resolved");
        });
        for (String limit : OWN_LIMITS) {
            if (factory.isPropertySupported(limit)) {
                factory.setProperty(limit, NEVER_REACHED);
            }
        }
        return factory;
    }

    boolean isPmml() {
        return root.filter("PMML"::equals).isPresent();
    }

    /** Whether it is a picture or page with a script. */
    boolean hasScript() {
        return script;
    }

    /** The targets of its processing instructions, quoted. */
    SortedSet<String> instructions() {
        return instructions;
    }

    /** What it is. */
    String format() {
        if (isPmml()) {
            return "a PMML model, version " + Shown.of(version) + (model.isEmpty() ? "" : ", " + Shown.of(model));
        }
        return instructions.isEmpty() ? "XML" : "XML with processing instructions " + String.join(", ", instructions);
    }
}
