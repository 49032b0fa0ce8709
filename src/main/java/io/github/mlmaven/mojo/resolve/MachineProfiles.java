package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ResolvedArtifact;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Activation;
import org.apache.maven.model.BuildBase;
import org.apache.maven.model.Model;
import org.apache.maven.model.ModelBase;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of a project and its parents that the JDK or the operating system activates. What only they bring is
 * locked under their names, so that a lock serves machines where they are active and where they are not.
 *
 * @param dependencies the active profile that brings an artifact, by {@code GROUP:NAME:TYPE:CLASSIFIER}
 * @param names the active profile that alone brings artifacts of a name, by {@code GROUP:NAME}
 * @param plugins the active profile that brings a plugin, by {@code GROUP:NAME}
 * @param inactive the profiles that are not active here
 */
record MachineProfiles(
        Map<String, String> dependencies,
        Map<String, String> names,
        Map<String, String> plugins,
        Set<String> inactive) {

    MachineProfiles {
        dependencies = Map.copyOf(dependencies);
        names = Map.copyOf(names);
        plugins = Map.copyOf(plugins);
        inactive = Set.copyOf(inactive);
    }

    /**
     * Reads the poms of the session's current project as they are written.
     *
     * @param always what is on the class path of every project, by {@code GROUP:NAME}
     */
    static MachineProfiles of(MavenSession session, Set<String> always) {
        MavenProject project = session.getCurrentProject();
        Interpolation interpolation = Interpolation.of(project, session);
        Set<String> active = new HashSet<>();
        project.getInjectedProfileIds().values().forEach(active::addAll);
        Map<String, String> dependencies = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        Map<String, String> plugins = new HashMap<>();
        Set<String> inactive = new HashSet<>();
        for (Model model : models(project)) {
            for (Profile profile : model.getProfiles()) {
                String id = profile.getId();
                if (!isMachines(profile.getActivation())) {
                    continue;
                }
                if (active.contains(id)) {
                    keys(profile, interpolation).forEach(key -> dependencies.putIfAbsent(key, id));
                    names(profile, interpolation).forEach(name -> names.putIfAbsent(name, id));
                    plugins(profile.getBuild()).forEach(name -> plugins.putIfAbsent(name, id));
                } else {
                    inactive.add(id);
                }
            }
        }
        for (Model model : models(project)) {
            dependencies.keySet().removeAll(keys(model, interpolation));
            names.keySet().removeAll(names(model, interpolation));
            plugins.keySet().removeAll(plugins(model.getBuild()));
        }
        names.keySet().removeAll(always);
        dependencies.keySet().removeIf(key -> always.stream().anyMatch(name -> key.startsWith(name + ":")));
        return new MachineProfiles(dependencies, names, plugins, inactive);
    }

    private static List<Model> models(MavenProject project) {
        List<Model> models = new ArrayList<>();
        for (MavenProject p = project; p != null; p = p.getParent()) {
            if (p.getOriginalModel() != null) {
                models.add(p.getOriginalModel());
            }
        }
        return models;
    }

    private static boolean isMachines(Activation activation) {
        return activation != null && (activation.getJdk() != null || activation.getOs() != null);
    }

    private static Set<String> keys(ModelBase model, Interpolation interpolation) {
        Set<String> keys = new HashSet<>();
        model.getDependencies().forEach(dependency -> {
            String classifier = dependency.getClassifier() == null ? "" : dependency.getClassifier();
            String type = dependency.getType() == null ? "jar" : dependency.getType();
            keys.add(interpolation.apply(
                    String.join(":", dependency.getGroupId(), dependency.getArtifactId(), type, classifier)));
        });
        return keys;
    }

    private static Set<String> names(ModelBase model, Interpolation interpolation) {
        Set<String> names = new HashSet<>();
        model.getDependencies()
                .forEach(dependency ->
                        names.add(interpolation.apply(dependency.getGroupId() + ":" + dependency.getArtifactId())));
        return names;
    }

    private static Set<String> plugins(BuildBase build) {
        Set<String> names = new HashSet<>();
        if (build != null) {
            build.getPlugins().stream().map(Plugin::getKey).forEach(names::add);
        }
        return names;
    }

    /** The same artifact, under the name of the profile that brings it, if one does. */
    ResolvedArtifact dependency(ResolvedArtifact artifact) {
        if (!artifact.path().isEmpty()) {
            return in(names.get(artifact.path().get(0)), artifact);
        }
        String key = String.join(
                ":", name(artifact), artifact.key().extension(), artifact.key().classifier());
        return in(dependencies.get(key), artifact);
    }

    /** The same plugin, or dependency of a plugin, under the name of the profile that brings it, if one does. */
    ResolvedArtifact plugin(ResolvedArtifact artifact) {
        String owner = artifact.id().owner();
        return in(plugins.get(owner.isEmpty() ? name(artifact) : owner), artifact);
    }

    private static String name(ResolvedArtifact artifact) {
        return artifact.key().groupId() + ":" + artifact.key().artifactId();
    }

    private static ResolvedArtifact in(@Nullable String profile, ResolvedArtifact artifact) {
        return profile == null ? artifact : artifact.inProfile(profile);
    }
}
