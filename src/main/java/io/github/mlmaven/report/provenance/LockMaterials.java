package io.github.mlmaven.report.provenance;

import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.lock.Lock;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.Section;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.report.Purl;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything in a lock as materials, section by section: a section that the lock gains gets its line in {@link #of} and
 * its method below. Repositories are no part of it: an artifact is what its coordinates and its digest say.
 */
final class LockMaterials {

    private final Set<Material> materials = new LinkedHashSet<>();

    private LockMaterials() {}

    static List<Material> of(Lock lock) {
        LockMaterials all = new LockMaterials();
        all.base(lock.base());
        lock.models().forEach((name, model) -> {
            all.files("model/" + name, model.files());
            all.files("golden/" + name, model.golden());
        });
        lock.models()
                .forEach((name, model) ->
                        model.artifact().ifPresent(artifact -> all.artifact("model/" + name, artifact)));
        for (Section section : Section.values()) {
            lock.artifacts(section).forEach(artifact -> all.artifact(kind(section) + "/" + artifact.key(), artifact));
        }
        return List.copyOf(all.materials);
    }

    private void base(BaseIdentity base) {
        if (base instanceof BaseIdentity.Jdk jdk) {
            materials.add(Material.named("base", Purl.generic("jdk", jdk.version()), jdk.modules()));
            jdk.libraries().forEach((path, digest) -> materials.add(Material.file("base" + path, digest)));
        } else if (base instanceof BaseIdentity.Registry registry) {
            registry.platforms()
                    .forEach((platform, digest) ->
                            materials.add(Material.named("base/" + platform, Purl.base(registry, platform), digest)));
        }
    }

    private void files(String folder, List<ModelFile> files) {
        files.forEach(file -> materials.add(Material.file(folder + "/" + file.path(), file.digest())));
    }

    /** The class path of a plugin is many artifacts, some of them of several plugins: each is told once. */
    private void artifact(String name, LockedArtifact artifact) {
        Material material = artifact instanceof LockedArtifact.Fetched fetched
                ? Material.named(name, Purl.maven(fetched.key(), fetched.version()), fetched.sha256())
                : Material.ofThisBuild(name, Purl.maven(artifact.key()));
        materials.add(material);
    }

    private static String kind(Section section) {
        return switch (section) {
            case DEPENDENCIES -> "dependency";
            case EXTENSIONS -> "extension";
            case PLUGIN_DEPENDENCIES -> "plugin-dependency";
            case PLUGINS -> "plugin";
            case POMS -> "pom";
        };
    }
}
