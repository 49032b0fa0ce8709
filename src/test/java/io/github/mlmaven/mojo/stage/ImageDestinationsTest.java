package io.github.mlmaven.mojo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.image.registry.RegistryServer;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

class ImageDestinationsTest {

    private static final RegistryServer SETTINGS = new RegistryServer("example.com", "of the settings", "old");
    private static final RegistrySettings KNOWN = new RegistrySettings(List.of(SETTINGS), Set.of("registry.lan"));

    @Test
    void theCommandLineWinsOverThePom() {
        List<String> pom = List.of("registry:example.com/acme/m");
        Properties commandLine = new Properties();
        assertThat(ImageDestinations.of(pom, commandLine)).isEqualTo(pom);
        commandLine.setProperty("ml.image.to", "tar,oci:target/oci");
        assertThat(ImageDestinations.of(pom, commandLine)).containsExactly("tar", "oci:target/oci");
    }

    @Test
    void aUserThatIsNamedWinsOverTheSettings() throws Exception {
        RegistrySettings as = ImageDestinations.as(
                KNOWN,
                List.of("tar", "registry:example.com:5000/acme/m", "registry"),
                "example.com:5000/m:1",
                "u",
                "p");
        assertThat(as.servers()).containsExactly(new RegistryServer("example.com:5000", "u", "p"), SETTINGS);
        assertThat(as.insecure()).containsExactly("registry.lan");
        assertThat(ImageDestinations.as(KNOWN, List.of("registry"), "m:1", null, null))
                .isEqualTo(KNOWN);
    }

    @Test
    void halfACredentialIsRefused() {
        assertThatThrownBy(() -> ImageDestinations.as(KNOWN, List.of("registry"), "m:1", "u", null))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("ml.image.to.username and ml.image.to.password: expected both, found only"
                        + " ml.image.to.username. Set the other one too.");
        assertThatThrownBy(() -> ImageDestinations.as(KNOWN, List.of("registry"), "m:1", null, "p"))
                .hasMessage("ml.image.to.username and ml.image.to.password: expected both, found only"
                        + " ml.image.to.password. Set the other one too.");
    }

    @Test
    void aPasswordGoesToOneRegistryOnly() {
        List<String> two = List.of("registry:example.com/m", "registry:registry.lan/m");
        assertThatThrownBy(() -> ImageDestinations.as(KNOWN, two, "m:1", "u", "p"))
                .hasMessage("ml.image.to.username: expected one registry in ml.image.to that the password is for, found"
                        + " example.com and registry.lan. Put a <server> for each into settings.xml instead.");
    }
}
