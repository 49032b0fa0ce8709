package io.github.mlmaven.mojo.packaging;

import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;

/**
 * Makes the project's jar run as {@code java -jar} beside {@code target/lib}: manifest entries, whose values
 * {@code ml:embed} sets as properties when they are known. A main class that the pom configures
 * itself stays.
 */
public final class EntrypointManifest {

    /** Property with the entrypoint's class name. */
    public static final String MAIN_CLASS = "ml.embed.mainClass";

    /** Property with the manifest's class path. */
    public static final String CLASS_PATH = "ml.embed.classPath";

    private static final String JAR_PLUGIN = "org.apache.maven.plugins:maven-jar-plugin";

    void addTo(MavenProject project) {
        Plugin jar = project.getPlugin(JAR_PLUGIN);
        if (jar == null) {
            return;
        }
        jar.setConfiguration(withEntries(jar.getConfiguration()));
        for (PluginExecution execution : jar.getExecutions()) {
            execution.setConfiguration(withEntries(execution.getConfiguration()));
        }
    }

    private static Xpp3Dom withEntries(Object configuration) {
        Xpp3Dom root = configuration instanceof Xpp3Dom dom ? dom : new Xpp3Dom("configuration");
        Xpp3Dom archive = child(root, "archive");
        Xpp3Dom manifest = archive.getChild("manifest");
        if (manifest == null || manifest.getChild("mainClass") == null) {
            Xpp3Dom entries = child(archive, "manifestEntries");
            set(entries, "Main-Class", "${" + MAIN_CLASS + "}");
            set(entries, "Class-Path", "${" + CLASS_PATH + "}");
            // The engine is native code; from Java 24 on it must be allowed, older ones ignore this (JEP 472).
            set(entries, "Enable-Native-Access", "ALL-UNNAMED");
        }
        return root;
    }

    private static Xpp3Dom child(Xpp3Dom parent, String name) {
        Xpp3Dom child = parent.getChild(name);
        if (child == null) {
            child = new Xpp3Dom(name);
            parent.addChild(child);
        }
        return child;
    }

    private static void set(Xpp3Dom entries, String name, String value) {
        if (entries.getChild(name) == null) {
            Xpp3Dom entry = new Xpp3Dom(name);
            entry.setValue(value);
            entries.addChild(entry);
        }
    }
}
