package io.github.mlmaven.mojo.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.Test;

class InterpolationTest {

    @Test
    void aProjectKnowsItsOwnAndItsParentsCoordinates() {
        MavenProject project = Sessions.project("app");
        project.setParent(Sessions.project("parent"));
        project.getParent().setVersion("7");

        Interpolation interpolation = Interpolation.of(project, Sessions.of(project));

        assertThat(interpolation.apply("${project.groupId}:${pom.artifactId}:${version}"))
                .isEqualTo("com.acme:app:1.0");
        assertThat(interpolation.apply("${project.parent.groupId}:${project.parent.version}"))
                .isEqualTo("com.acme:7");
    }

    @Test
    void theCommandLineWinsOverThePomAndThePomOverTheSystem() {
        MavenProject project = Sessions.project("app");
        project.getProperties().setProperty("a", "pom");
        project.getProperties().setProperty("b", "pom");
        MavenSession session = Sessions.of(project);
        session.getUserProperties().setProperty("a", "user");
        session.getSystemProperties().setProperty("b", "system");
        session.getSystemProperties().setProperty("env.C", "environment");

        assertThat(Interpolation.of(project, session).apply("${a} ${b} ${env.C}"))
                .isEqualTo("user pom environment");
    }

    @Test
    void whatIsUnknownStaysAndADollarIsOne() {
        MavenProject project = Sessions.project("app");
        project.getProperties().setProperty("money", "$1\\2");
        Interpolation interpolation = Interpolation.of(project, Sessions.of(project));
        assertThat(interpolation.apply("${unknown} ${project.parent.version} ${money} ${"))
                .isEqualTo("${unknown} ${project.parent.version} $1\\2 ${");
    }

    @Test
    void aPropertyMayNameAnotherAndACircleEnds() {
        Map<String, String> values = Map.of("a", "${b}.${b}", "b", "${c}", "c", "1", "x", "${y}", "y", "${x}");
        Interpolation interpolation = new Interpolation(values::get);
        assertThat(interpolation.apply("v${a}")).isEqualTo("v1.1");
        assertThat(interpolation.apply("${x}")).isIn("${x}", "${y}");
    }

    @Test
    void aPomOfARepositoryTakesItsParentsCoordinatesWhereItHasNone() {
        Parent parent = new Parent();
        parent.setGroupId("org.parent");
        parent.setVersion("3");
        Model pom = new Model();
        pom.setArtifactId("bom");
        pom.setParent(parent);
        Properties properties = new Properties();
        properties.setProperty("x", "${project.version}");

        Interpolation inheriting = Interpolation.of(pom, properties);

        assertThat(inheriting.apply("${project.groupId}:${project.artifactId}:${x} ${project.parent.version}"))
                .isEqualTo("org.parent:bom:3 3");
        pom.setGroupId("org.own");
        pom.setVersion("4");
        assertThat(inheriting.apply("${groupId}:${x}")).isEqualTo("org.own:4");
        pom.setParent(null);
        assertThat(inheriting.apply("${project.parent.groupId}:${project.parent.version}"))
                .isEqualTo("${project.parent.groupId}:${project.parent.version}");
    }
}
