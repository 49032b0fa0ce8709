package io.github.mlmaven.mojo.packaging;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the image's class path consists of: this plugin's own version, and the libraries that the build of the plugin
 * resolved for its serving part.
 *
 * @param version the plugin's version, which its serving jar shares
 * @param libraries the libraries, sorted
 */
public record RuntimeIndex(String version, List<Library> libraries) {

    /** Group of the plugin. */
    public static final String GROUP_ID = "io.github.mlmaven";

    /** Artifact of the plugin, and with the classifier {@code serving} of what the image carries. */
    public static final String ARTIFACT_ID = "ml-maven-plugin";

    /** Classifier of the serving jar. */
    public static final String SERVING = "serving";

    private static final String INDEX = "/META-INF/ml/runtime.txt";
    private static final String PROPERTIES = "/META-INF/ml/plugin.properties";

    // A line of dependency:list, "   io.vertx:vertx-core:jar:5.2.3:provided -- module io.vertx.core".
    private static final Pattern LINE =
            Pattern.compile("\\s*([\\w.-]+):([\\w.-]+):jar:([\\w.-]+):(?:provided|compile)\\b.*");

    /**
     * One library.
     *
     * @param groupId its group
     * @param artifactId its artifact
     * @param version the version that this plugin was built and tested with
     */
    public record Library(String groupId, String artifactId, String version) {}

    public RuntimeIndex {
        libraries = List.copyOf(libraries);
    }

    /** Reads the index that the plugin's own build generated. */
    public static RuntimeIndex load() {
        try (InputStream properties = resource(PROPERTIES);
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(resource(INDEX), StandardCharsets.UTF_8))) {
            Properties own = new Properties();
            own.load(properties);
            List<Library> libraries = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = LINE.matcher(line);
                if (matcher.matches()) {
                    libraries.add(new Library(matcher.group(1), matcher.group(2), matcher.group(3)));
                }
            }
            return new RuntimeIndex(own.getProperty("version"), libraries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GROUP:NAME} of everything that is on the class path of every project. */
    public Set<String> names() {
        return Stream.concat(
                        Stream.of(GROUP_ID + ":" + ARTIFACT_ID),
                        libraries.stream().map(library -> library.groupId() + ":" + library.artifactId()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static InputStream resource(String name) throws IOException {
        InputStream in = RuntimeIndex.class.getResourceAsStream(name);
        if (in == null) {
            throw new IOException("the plugin's jar is incomplete: " + name + " is missing");
        }
        return in;
    }
}
