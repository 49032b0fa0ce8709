package io.github.mlmaven.lock;

/** The lists of artifacts in a lock, in the order in which the file has them. */
public enum Section {
    /** The runtime class path. */
    DEPENDENCIES("dependencies", "dependency"),
    /** What extends Maven or this build and is no plugin. */
    EXTENSIONS("extensions", "extension"),
    /** The class paths of plugins and extensions. */
    PLUGIN_DEPENDENCIES("pluginDependencies", "dependency of a plugin"),
    /** The plugins that take part up to {@code package}. */
    PLUGINS("plugins", "plugin"),
    /** Parents and imported BOMs of the project, and theirs. */
    POMS("poms", "pom");

    private final String field;
    private final String what;

    Section(String field, String what) {
        this.field = field;
        this.what = what;
    }

    /** The name of the list in the file. */
    public String field() {
        return field;
    }

    /** What an element is called. */
    public String what() {
        return what;
    }

    /** Whether elements have a scope. */
    boolean scoped() {
        return this == DEPENDENCIES;
    }

    /** Whether elements belong to a plugin or extension. */
    boolean owned() {
        return this == PLUGIN_DEPENDENCIES;
    }

    /** What no two elements have in common: two BOMs may import a third in two versions. */
    String identity(LockedArtifact artifact) {
        String name = artifact.id().toString();
        return this == POMS && artifact instanceof LockedArtifact.Fetched fetched
                ? name + ":" + fetched.version()
                : name;
    }
}
