package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import javax.inject.Inject;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.DependencyManagement;
import org.apache.maven.model.Model;
import org.apache.maven.model.ModelBase;
import org.apache.maven.model.Parent;
import org.apache.maven.model.Profile;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;

/**
 * The poms that a project is made of beside its own: its parents, the BOMs that they and it import, and what these are
 * made of in turn. They decide versions, plugins and settings, and another build may find other bytes under their names.
 */
public final class ProjectPoms {

    private final RepositorySystem repositories;

    @Inject
    public ProjectPoms(RepositorySystem repositories) {
        this.repositories = repositories;
    }

    /** The poms of the session's current project; a module of the same build has no file. */
    public List<ResolvedArtifact> of(MavenSession session) throws MojoExecutionException, IOException {
        Walk walk = new Walk(session);
        walk.project(session.getCurrentProject(), List.of());
        return List.copyOf(walk.poms.values());
    }

    private final class Walk {
        private final MavenSession session;
        private final List<RemoteRepository> remotes;
        private final List<String> ids;
        private final Reactor reactor;
        private final Map<Name, ResolvedArtifact> poms = new LinkedHashMap<>();
        private final Set<Name> imported = new HashSet<>();

        Walk(MavenSession session) {
            this.session = session;
            this.reactor = Reactor.of(session);
            this.remotes = session.getCurrentProject().getRemoteProjectRepositories();
            this.ids = remotes.stream().map(RemoteRepository::getId).toList();
        }

        /** The poms that a project is made of: the one that is built, or a module that it imports as a BOM. */
        void project(MavenProject project, List<String> above) throws MojoExecutionException, IOException {
            Interpolation interpolation = Interpolation.of(project, session);
            List<String> path = above;
            for (MavenProject p = project; p != null; p = p.getParent()) {
                Model written = p.getOriginalModel();
                if (written != null) {
                    imports(written, interpolation, path);
                    for (Profile profile : active(p, written)) {
                        imports(profile, interpolation, path);
                    }
                }
                MavenProject parent = p.getParent();
                if (parent != null) {
                    Name name = new Name(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
                    // One that lies beside the project is part of the same commit, in the reactor or not.
                    if (isBeside(parent) || module(name).isPresent()) {
                        module(name, path);
                    } else {
                        fetched(name, path);
                    }
                    path = longer(path, name);
                }
            }
        }

        private boolean isBeside(MavenProject parent) {
            File file = parent.getFile();
            if (file == null || !file.isFile()) {
                return false;
            }
            LocalRepository local = session.getRepositorySession().getLocalRepository();
            return local == null
                    || !file.toPath()
                            .toAbsolutePath()
                            .startsWith(local.getBasedir().toPath().toAbsolutePath());
        }

        private List<Profile> active(MavenProject p, Model written) {
            List<String> active = new ArrayList<>();
            p.getInjectedProfileIds().values().forEach(active::addAll);
            return written.getProfiles().stream()
                    .filter(profile -> active.contains(profile.getId()))
                    .toList();
        }

        private void imports(ModelBase model, Interpolation interpolation, List<String> path)
                throws MojoExecutionException, IOException {
            DependencyManagement management = model.getDependencyManagement();
            if (management == null) {
                return;
            }
            for (Dependency bom : management.getDependencies()) {
                if (!"import".equals(bom.getScope()) || !"pom".equals(bom.getType())) {
                    continue;
                }
                Name name = new Name(
                        interpolation.apply(String.valueOf(bom.getGroupId())),
                        interpolation.apply(String.valueOf(bom.getArtifactId())),
                        interpolation.apply(String.valueOf(bom.getVersion())));
                if (!imported.add(name)) {
                    continue;
                }
                Optional<MavenProject> module = module(name);
                if (module.isPresent()) {
                    module(name, path);
                    project(module.get(), longer(path, name));
                } else {
                    bom(fetched(name, path), longer(path, name));
                }
            }
        }

        /** What a BOM is made of: its parents, and what they and it import. */
        private void bom(Path file, List<String> path) throws MojoExecutionException, IOException {
            List<Model> models = new ArrayList<>(List.of(read(file)));
            List<String> below = path;
            Set<Name> parents = new HashSet<>();
            for (Parent parent = models.get(0).getParent(); parent != null; ) {
                Name name = new Name(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
                if (!parents.add(name)) {
                    break;
                }
                Model model = read(fetched(name, below));
                below = longer(below, name);
                models.add(model);
                parent = model.getParent();
            }
            // As Maven: the command line wins over every pom, a pom over its parents, all of them over the system.
            Properties properties = new Properties();
            properties.putAll(session.getSystemProperties());
            for (int i = models.size() - 1; i >= 0; i--) {
                properties.putAll(models.get(i).getProperties());
            }
            properties.putAll(session.getUserProperties());
            Interpolation interpolation = Interpolation.of(models.get(0), properties);
            for (Model model : models) {
                imports(model, interpolation, path);
            }
        }

        private Optional<MavenProject> module(Name name) {
            return reactor.find(name.groupId, name.artifactId, name.version);
        }

        private void module(Name name, List<String> path) {
            poms.putIfAbsent(
                    name,
                    new ResolvedArtifact(
                            id(name), name.version, "", Optional.empty(), ResolvedArtifact.LOCAL, true, path));
        }

        private Path fetched(Name name, List<String> path) throws MojoExecutionException, IOException {
            Path file = resolve(name);
            poms.putIfAbsent(
                    name,
                    new ResolvedArtifact(
                            id(name),
                            name.version,
                            "",
                            Optional.of(file),
                            RepositoryOf.file(file, name.version, ids),
                            false,
                            path));
            return file;
        }

        private Path resolve(Name name) throws MojoExecutionException {
            ArtifactRequest request = new ArtifactRequest(
                    new DefaultArtifact(name.groupId, name.artifactId, "pom", name.version), remotes, "project");
            try {
                return repositories
                        .resolveArtifact(session.getRepositorySession(), request)
                        .getArtifact()
                        .getFile()
                        .toPath();
            } catch (ArtifactResolutionException e) {
                throw new MojoExecutionException("Maven cannot resolve the poms to lock: " + e.getMessage(), e);
            }
        }
    }

    private record Name(String groupId, String artifactId, String version) {}

    private static LockedArtifact.Id id(Name name) {
        return LockedArtifact.Id.of(new ArtifactKey(name.groupId, name.artifactId, "pom", ""));
    }

    private static List<String> longer(List<String> path, Name name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name.groupId + ":" + name.artifactId);
        return longer;
    }

    private static Model read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new MavenXpp3Reader().read(in, false);
        } catch (XmlPullParserException | EOFException e) {
            throw new IOException(file.getFileName() + " is no pom: " + e.getMessage(), e);
        }
    }
}
