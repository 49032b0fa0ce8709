package io.github.mlmaven.report.bom;

import io.github.mlmaven.image.RuntimeArtifact;
import io.github.mlmaven.lock.ArtifactKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Dependency;

/** Which component needs which: the project its models, its base and its own jars; jars what they brought. */
final class BomGraph {

    private final SortedMap<String, TreeSet<String>> edges = new TreeMap<>();

    private BomGraph() {}

    static List<Dependency> of(BomRequest request, String root, Collection<Component> components) {
        BomGraph graph = new BomGraph();
        graph.edges.put(root, new TreeSet<>());
        components.forEach(component -> graph.edges.put(component.getBomRef(), new TreeSet<>()));
        Map<ArtifactKey, String> jars =
                request.libraries().stream().collect(Collectors.toMap(BomLibrary::key, BomLibrary::ref, (a, b) -> a));
        for (BomLibrary library : request.libraries()) {
            graph.add(library.broughtBy().map(jars::get).orElse(root), library.ref());
        }
        request.image()
                .ifPresent(image -> image.natives()
                        .forEach((platform, natives) -> natives.forEach(library -> graph.add(
                                jars.getOrDefault(key(library.engine()), root),
                                Components.ref(library, image, platform)))));
        components.stream()
                .filter(component -> component.getType() != Component.Type.LIBRARY)
                .forEach(component -> graph.add(root, component.getBomRef()));
        return graph.dependencies();
    }

    private void add(String from, String to) {
        edges.computeIfAbsent(from, ref -> new TreeSet<>()).add(to);
    }

    private List<Dependency> dependencies() {
        return edges.entrySet().stream()
                .map(edge -> {
                    Dependency dependency = new Dependency(edge.getKey());
                    edge.getValue().forEach(to -> dependency.addDependency(new Dependency(to)));
                    return dependency;
                })
                .toList();
    }

    private static ArtifactKey key(RuntimeArtifact jar) {
        return new ArtifactKey(jar.groupId(), jar.artifactId(), "jar", jar.classifier());
    }
}
