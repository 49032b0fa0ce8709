package io.github.mlmaven.mojo.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.codehaus.plexus.util.xml.Xpp3DomBuilder;
import org.junit.jupiter.api.Test;

class EntrypointManifestTest {

    private final Plugin jar = new Plugin();
    private final MavenProject project = project();

    @Test
    void theManifestNamesTheEntrypointAndItsLibraries() {
        PluginExecution execution = new PluginExecution();
        jar.addExecution(execution);

        new EntrypointManifest().addTo(project);

        for (Object configuration : new Object[] {jar.getConfiguration(), execution.getConfiguration()}) {
            Xpp3Dom entries = ((Xpp3Dom) configuration).getChild("archive").getChild("manifestEntries");
            assertThat(entries.getChild("Main-Class").getValue()).isEqualTo("${ml.embed.mainClass}");
            assertThat(entries.getChild("Class-Path").getValue()).isEqualTo("${ml.embed.classPath}");
            assertThat(entries.getChild("Enable-Native-Access").getValue()).isEqualTo("ALL-UNNAMED");
        }
    }

    @Test
    void whatThePomConfiguresStays() throws Exception {
        jar.setConfiguration(dom("<configuration><archive><manifestEntries><Main-Class>a.B</Main-Class>"
                + "</manifestEntries></archive></configuration>"));

        new EntrypointManifest().addTo(project);

        Xpp3Dom entries = ((Xpp3Dom) jar.getConfiguration()).getChild("archive").getChild("manifestEntries");
        assertThat(entries.getChild("Main-Class").getValue()).isEqualTo("a.B");
        assertThat(entries.getChild("Class-Path").getValue()).isEqualTo("${ml.embed.classPath}");
    }

    @Test
    void aManifestWithItsOwnMainClassIsLeftAlone() throws Exception {
        Xpp3Dom own = dom("<configuration><archive><manifest><mainClass>a.B</mainClass></manifest>"
                + "</archive></configuration>");
        jar.setConfiguration(own);

        new EntrypointManifest().addTo(project);

        assertThat(((Xpp3Dom) jar.getConfiguration()).getChild("archive").getChild("manifestEntries"))
                .isNull();
    }

    @Test
    void aProjectWithoutAJarIsLeftAlone() {
        MavenProject pom = new MavenProject(new Model());
        pom.getModel().setBuild(new Build());

        new EntrypointManifest().addTo(pom);

        assertThat(pom.getBuildPlugins()).isEmpty();
    }

    private MavenProject project() {
        Build build = new Build();
        jar.setGroupId("org.apache.maven.plugins");
        jar.setArtifactId("maven-jar-plugin");
        build.addPlugin(jar);
        Model model = new Model();
        model.setBuild(build);
        return new MavenProject(model);
    }

    private static Xpp3Dom dom(String xml) throws Exception {
        return Xpp3DomBuilder.build(new StringReader(xml));
    }
}
