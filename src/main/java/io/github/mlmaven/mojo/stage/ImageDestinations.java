package io.github.mlmaven.mojo.stage;

import io.github.mlmaven.image.registry.RegistryServer;
import io.github.mlmaven.image.registry.RegistrySettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** Where the pom and the command line say that the image goes, and as whom it is pushed. */
public final class ImageDestinations {

    private static final String PROPERTY = "ml.image.to";

    private ImageDestinations() {}

    /** The command line's, else the pom's: so a profile or a CI job decides for one build. */
    public static List<String> of(List<String> configured, Properties commandLine) {
        String said = commandLine.getProperty(PROPERTY);
        return said == null ? configured : Arrays.asList(said.split(",", -1));
    }

    /**
     * The settings with the user of the one registry that is pushed to before all others.
     *
     * @param settings what else is known of registries
     * @param targets where the image goes
     * @param name the image's name
     * @param username {@code ml.image.to.username}
     * @param password {@code ml.image.to.password}
     * @throws MojoFailureException when it is not clear whom the password is for
     */
    public static RegistrySettings as(
            RegistrySettings settings,
            List<String> targets,
            String name,
            @Nullable String username,
            @Nullable String password)
            throws MojoFailureException {
        if (username == null && password == null) {
            return settings;
        }
        if (username == null || password == null) {
            throw new MojoFailureException(
                    PROPERTY + ".username and " + PROPERTY + ".password: expected both, found" + " only " + PROPERTY
                            + (username == null ? ".password" : ".username") + ". Set the other one too.");
        }
        Set<String> hosts = new LinkedHashSet<>();
        targets.stream()
                .map(String::strip)
                .filter(target -> target.equals("registry") || target.startsWith("registry:"))
                .map(target -> target.equals("registry") ? name : target.substring("registry:".length()))
                .forEach(reference -> hosts.add(RegistrySettings.registryOf(reference)));
        if (hosts.size() > 1) {
            throw new MojoFailureException(PROPERTY + ".username: expected one registry in " + PROPERTY
                    + " that the password is for, found " + String.join(" and ", hosts)
                    + ". Put a <server> for each into settings.xml instead.");
        }
        List<RegistryServer> servers = new ArrayList<>();
        hosts.forEach(host -> servers.add(new RegistryServer(host, username, password)));
        servers.addAll(settings.servers());
        return new RegistrySettings(servers, settings.insecure());
    }
}
