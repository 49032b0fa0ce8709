package io.github.mlmaven.mojo.resolve;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
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
        Walk walk = new Walk(session, session.getCurrentProject());
        walk.project();
        return List.copyOf(walk.poms.values());
    }

    private final class Walk {
        private final MavenSession session;
        private final MavenProject project;
        private final Reactor reactor;
        private final List<RemoteRepository> remotes;
        private final List<String> ids;
        private final Map<String, ResolvedArtifact> poms = new LinkedHashMap<>();

        Walk(MavenSession session, MavenProject project) {
            this.session = session;
            this.project = project;
            this.reactor = Reactor.of(session);
            this.remotes = project.getRemoteProjectRepositories();
            this.ids = remotes.stream().map(RemoteRepository::getId).toList();
        }

        void project() throws MojoExecutionException, IOException {
            Interpolation interpolation = Interpolation.of(project, session.getUserProperties());
            List<String> path = List.of();
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
                    // One that lies beside the project is part of the same commit, in the reactor or not.
                    add(parent.getGroupId(), parent.getArtifactId(), parent.getVersion(), path, isBeside(parent));
                    path = longer(path, parent.getGroupId(), parent.getArtifactId());
                }
            }
        }

        private boolean isBeside(MavenProject parent) {
            File file = parent.getFile();
            File local = session.getRepositorySession().getLocalRepository().getBasedir();
            return file != null
                    && file.isFile()
                    && !file.toPath().toAbsolutePath().startsWith(local.toPath().toAbsolutePath());
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
                String groupId = interpolation.apply(String.valueOf(bom.getGroupId()));
                String artifactId = interpolation.apply(String.valueOf(bom.getArtifactId()));
                String version = interpolation.apply(String.valueOf(bom.getVersion()));
                Optional<Path> file = add(groupId, artifactId, version, path, false);
                if (file.isPresent()) {
                    bom(file.get(), longer(path, groupId, artifactId));
                }
            }
        }

        /** What a BOM is made of: its parents, and what they and it import. */
        private void bom(Path file, List<String> path) throws MojoExecutionException, IOException {
            List<Model> models = new ArrayList<>(List.of(read(file)));
            List<String> below = path;
            for (Parent parent = models.get(0).getParent(); parent != null; ) {
                Optional<Path> above =
                        add(parent.getGroupId(), parent.getArtifactId(), parent.getVersion(), below, false);
                below = longer(below, parent.getGroupId(), parent.getArtifactId());
                if (above.isEmpty()) {
                    break;
                }
                Model model = read(above.get());
                models.add(model);
                parent = model.getParent();
            }
            Properties properties = new Properties();
            for (int i = models.size() - 1; i >= 0; i--) {
                properties.putAll(models.get(i).getProperties());
            }
            Interpolation interpolation = Interpolation.of(models.get(0), properties);
            for (Model model : models) {
                imports(model, interpolation, path);
            }
        }

        /** Adds a pom, and returns its file unless it was there already or is a module's. */
        private Optional<Path> add(
                String groupId, String artifactId, String version, List<String> path, boolean besideTheProject)
                throws MojoExecutionException, IOException {
            String name = groupId + ":" + artifactId + ":" + version;
            if (poms.containsKey(name)) {
                return Optional.empty();
            }
            LockedArtifact.Id id = LockedArtifact.Id.of(new ArtifactKey(groupId, artifactId, "pom", ""));
            if (besideTheProject || reactor.contains(groupId, artifactId, version)) {
                poms.put(
                        name,
                        new ResolvedArtifact(id, version, "", Optional.empty(), ResolvedArtifact.LOCAL, true, path));
                return Optional.empty();
            }
            Path file = resolve(groupId, artifactId, version);
            poms.put(
                    name,
                    new ResolvedArtifact(
                            id, version, "", Optional.of(file), RepositoryOf.file(file, version, ids), false, path));
            return Optional.of(file);
        }

        private Path resolve(String groupId, String artifactId, String version) throws MojoExecutionException {
            ArtifactRequest request =
                    new ArtifactRequest(new DefaultArtifact(groupId, artifactId, "pom", version), remotes, "project");
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

    private static List<String> longer(List<String> path, String groupId, String artifactId) {
        List<String> longer = new ArrayList<>(path);
        longer.add(groupId + ":" + artifactId);
        return longer;
    }

    private static Model read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new MavenXpp3Reader().read(in, false);
        } catch (XmlPullParserException e) {
            throw new IOException(file.getFileName() + " is no pom: " + e.getMessage(), e);
        }
    }
}
