package io.github.mlmaven.mojo.resolve;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.codehaus.plexus.util.xml.XmlStreamReader;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** The extensions that a project adds to Maven itself, in {@code .mvn/extensions.xml} (Maven's core extensions). */
final class CoreExtensions {

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
        try (InputStream in = Files.newInputStream(file)) {
            Xpp3Dom document = Xpp3DomBuilder.build(new XmlStreamReader(in));
            Interpolation system = new Interpolation(System::getProperty);
            for (Xpp3Dom extension : document.getChildren("extension")) {
                extensions.add(new Extension(
                        system.apply(text(extension, "groupId")),
                        system.apply(text(extension, "artifactId")),
                        system.apply(text(extension, "version"))));
            }
        } catch (XmlPullParserException e) {
            throw new IOException(".mvn/extensions.xml cannot be read: " + e.getMessage(), e);
        }
        return extensions;
    }

    private static String text(Xpp3Dom extension, String name) throws IOException {
        Xpp3Dom child = extension.getChild(name);
        if (child == null || child.getValue() == null) {
            throw new IOException(".mvn/extensions.xml: an extension without " + name);
        }
        return child.getValue().trim();
    }
}
