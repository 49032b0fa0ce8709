package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.LockedArtifact;
import io.github.mlmaven.lock.ResolvedArtifact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.model.Activation;
import org.apache.maven.model.ActivationOS;
import org.apache.maven.model.Build;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.Profile;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class MachineProfilesTest {

    @Test
    void whatOnlyAProfileOfTheJdkOrTheSystemBringsIsUnderItsName() {
        Model pom = new Model();
        pom.addProfile(profile("modern", jdk(), "flight"));
        pom.addProfile(profile("penguin", system(), "epoll"));
        pom.addProfile(profile("chosen", new Activation(), "other"));
        MavenProject app = Sessions.project("app", pom);
        app.setInjectedProfileIds("com.acme:app:1.0", List.of("modern", "chosen"));

        MachineProfiles profiles = MachineProfiles.of(Sessions.of(app), Set.of());

        assertThat(profile(profiles, artifact("flight"))).isEqualTo("modern");
        assertThat(profile(profiles, artifact("epoll"))).isEmpty();
        assertThat(profile(profiles, artifact("other"))).isEmpty();
        assertThat(profiles.inactive()).containsExactly("penguin");
    }

    @Test
    void whatComesThroughItGoesWithIt() {
        Model pom = new Model();
        pom.addProfile(profile("modern", jdk(), "flight"));
        MachineProfiles profiles = MachineProfiles.of(Sessions.of(modern(pom)), Set.of());
        assertThat(profile(profiles, artifact("deep", "com.acme:flight", "com.acme:mid")))
                .isEqualTo("modern");
        assertThat(profile(profiles, artifact("deep", "com.acme:mid", "com.acme:flight")))
                .isEmpty();
    }

    @Test
    void whatThePomBringsOnEveryMachineIsOfNoProfile() {
        Model pom = new Model();
        pom.addProfile(profile("modern", jdk(), "${name}"));
        pom.addProfile(profile("penguin", system(), "runtime"));
        pom.addDependency(dependency("flight"));
        MavenProject app = modern(pom);
        app.getProperties().setProperty("name", "flight");

        MachineProfiles profiles = MachineProfiles.of(Sessions.of(app), Set.of("com.acme:runtime"));

        assertThat(profiles.dependencies()).isEmpty();
    }

    @Test
    void aParentsProfileCountsToo() {
        Model parent = new Model();
        parent.addProfile(profile("modern", jdk(), "flight"));
        MavenProject app = modern();
        app.setParent(Sessions.project("parent", parent));
        assertThat(MachineProfiles.of(Sessions.of(app), Set.of()).dependencies())
                .containsEntry("com.acme:flight:jar:", "modern");
    }

    @Test
    void aPluginAndItsClassPathGoTogether() {
        Profile profile = profile("modern", jdk());
        profile.setBuild(new Build());
        profile.getBuild().addPlugin(plugin("native"));
        profile.getBuild().addPlugin(plugin("jar"));
        Model pom = new Model();
        pom.addProfile(profile);
        pom.setBuild(new Build());
        pom.getBuild().addPlugin(plugin("jar"));

        MachineProfiles profiles = MachineProfiles.of(Sessions.of(modern(pom)), Set.of());

        ResolvedArtifact below = artifact(
                new LockedArtifact.Id(ArtifactKey.jar("com.acme", "asm"), "com.acme:native", ""), "com.acme:native");
        assertThat(profiles.plugin(artifact("native")).id().profile()).isEqualTo("modern");
        assertThat(profiles.plugin(below).id().profile()).isEqualTo("modern");
        assertThat(profiles.plugin(artifact("jar")).id().profile()).isEmpty();
    }

    /** The usual way of natives: one artifact, in a classifier for each system beside the classes for all of them. */
    @Test
    void ofOneArtifactInSeveralClassifiersEachIsOfItsOwnProfile() {
        Model pom = new Model();
        pom.addDependency(dependency("lib"));
        for (String system : List.of("windows", "penguin")) {
            Dependency natives = dependency("lib");
            natives.setClassifier(system);
            Profile profile = profile(system, system());
            profile.addDependency(natives);
            pom.addProfile(profile);
        }
        MavenProject app = Sessions.project("app", pom);
        app.setInjectedProfileIds("com.acme:app:1.0", List.of("penguin"));

        MachineProfiles profiles = MachineProfiles.of(Sessions.of(app), Set.of());

        ArtifactKey natives = new ArtifactKey(Sessions.GROUP, "lib", "jar", "penguin");
        assertThat(profile(profiles, artifact(LockedArtifact.Id.of(natives)))).isEqualTo("penguin");
        assertThat(profile(profiles, artifact("lib"))).isEmpty();
        assertThat(profiles.inactive()).containsExactly("windows");
    }

    private static MavenProject modern(Model... pom) {
        MavenProject app = pom.length == 0 ? Sessions.project("app") : Sessions.project("app", pom[0]);
        app.setInjectedProfileIds("com.acme:app:1.0", List.of("modern"));
        return app;
    }

    private static String profile(MachineProfiles profiles, ResolvedArtifact artifact) {
        return profiles.dependency(artifact).id().profile();
    }

    private static ResolvedArtifact artifact(String name, String... path) {
        return artifact(LockedArtifact.Id.of(ArtifactKey.jar(Sessions.GROUP, name)), path);
    }

    private static ResolvedArtifact artifact(LockedArtifact.Id id, String... path) {
        return new ResolvedArtifact(id, "1.0", "", Optional.empty(), "acme", false, List.of(path));
    }

    private static Activation jdk() {
        Activation activation = new Activation();
        activation.setJdk("[21,)");
        return activation;
    }

    private static Activation system() {
        Activation activation = new Activation();
        activation.setOs(new ActivationOS());
        return activation;
    }

    private static Profile profile(String id, Activation activation, String... dependencies) {
        Profile profile = new Profile();
        profile.setId(id);
        profile.setActivation(activation);
        for (String name : dependencies) {
            profile.addDependency(dependency(name));
        }
        return profile;
    }

    private static Dependency dependency(String name) {
        Dependency dependency = new Dependency();
        dependency.setGroupId(Sessions.GROUP);
        dependency.setArtifactId(name);
        return dependency;
    }

    private static Plugin plugin(String name) {
        Plugin plugin = new Plugin();
        plugin.setGroupId(Sessions.GROUP);
        plugin.setArtifactId(name);
        return plugin;
    }
}
