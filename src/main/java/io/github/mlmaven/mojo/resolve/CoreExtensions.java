package io.github.mlmaven.mojo.resolve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The extensions that a project adds to Maven itself, in {@code .mvn/extensions.xml} (Maven's core extensions). */
final class CoreExtensions {

    private static final String GROUP_ID = "groupId";
    private static final String ARTIFACT_ID = "artifactId";
    private static final String VERSION = "version";
    private static final List<String> FIELDS = List.of(GROUP_ID, ARTIFACT_ID, VERSION);

    private CoreExtensions() {}

    /**
     * One of them.
     *
     * @param groupId its group
     * @param artifactId its name
     * @param version its version
     */
    record Extension(String groupId, String artifactId, String version) {}

    /**
     * Those of a build.
     *
     * @param root the folder of the whole build, which holds {@code .mvn}
     */
    static List<Extension> of(Path root) throws IOException {
        Path file = root.resolve(".mvn").resolve("extensions.xml");
        List<Extension> extensions = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return extensions;
        }
        XMLInputFactory xml = XMLInputFactory.newFactory();
        xml.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        xml.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        Interpolation system = new Interpolation(System::getProperty);
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader reader = xml.createXMLStreamReader(in);
            Map<String, String> fields = new HashMap<>();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamConstants.START_ELEMENT && FIELDS.contains(reader.getLocalName())) {
                    String field = reader.getLocalName();
                    fields.put(field, system.apply(reader.getElementText().strip()));
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && reader.getLocalName().equals("extension")) {
                    extensions.add(extension(fields));
                    fields.clear();
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException(".mvn/extensions.xml cannot be read: " + e.getMessage(), e);
        }
        return extensions;
    }

    private static Extension extension(Map<String, String> fields) throws IOException {
        for (String field : FIELDS) {
            if (fields.getOrDefault(field, "").isEmpty()) {
                throw new IOException(".mvn/extensions.xml: an extension without " + field);
            }
        }
        return new Extension(
                fields.getOrDefault(GROUP_ID, ""),
                fields.getOrDefault(ARTIFACT_ID, ""),
                fields.getOrDefault(VERSION, ""));
    }
}
