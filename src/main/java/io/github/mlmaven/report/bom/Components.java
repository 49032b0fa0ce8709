package io.github.mlmaven.report.bom;

import io.github.mlmaven.image.NativeLibrary;
import io.github.mlmaven.image.Platform;
import io.github.mlmaven.lock.ArtifactKey;
import io.github.mlmaven.lock.BaseIdentity;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.report.OciReference;
import io.github.mlmaven.report.Purl;
import java.util.Objects;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Hash;
import org.cyclonedx.model.Property;

/** What is no model: the project, jars, shared libraries and the base. */
final class Components {

    /** What the names of properties begin with. */
    static final String PROPERTY = "ml-maven-plugin:";

    private static final String NATIVES = "/app/native/";

    private Components() {}

    static Component project(BomRequest request) {
        BomProject project = request.project();
        Component component = artifact(project.key(), project.version());
        component.setType(Component.Type.APPLICATION);
        component.setLicenses(Licences.of(project.licences()));
        request.image().map(BomImage::result).ifPresent(image -> {
            property(component, "image", image.name());
            property(component, "imageDigest", image.digest().toString());
            image.platforms().forEach(platform -> property(component, "platform", platform.toString()));
        });
        return component;
    }

    static Component library(BomLibrary library) {
        Component component = artifact(library.key(), library.version());
        component.setType(Component.Type.LIBRARY);
        component.setScope(Component.Scope.REQUIRED);
        component.setLicenses(Licences.of(library.licences()));
        return hashed(component, library.digest());
    }

    /** The identifier of a library that is only in the image for this platform. */
    static String ref(NativeLibrary library, BomImage image, Platform platform) {
        return "native" + image.mark(platform) + ":" + library.name();
    }

    static Component nativeLibrary(NativeLibrary library, BomImage image, Platform platform) {
        Component component = new Component();
        component.setType(Component.Type.LIBRARY);
        component.setBomRef(ref(library, image, platform));
        component.setName(library.name());
        component.setVersion(library.engine().version());
        component.setScope(Component.Scope.REQUIRED);
        property(component, "path", NATIVES + library.name());
        if (image.result().images().size() > 1) {
            property(component, "platform", platform.toString());
        }
        return hashed(component, library.digest());
    }

    static Component base(BomImage image, Platform platform) {
        Component component = new Component();
        component.setScope(Component.Scope.REQUIRED);
        Digest digest;
        if (image.result().base() instanceof BaseIdentity.Registry registry) {
            OciReference reference = OciReference.of(registry.reference());
            digest = Objects.requireNonNull(registry.platforms().get(platform.toString()), platform::toString);
            component.setType(Component.Type.CONTAINER);
            component.setName(reference.repository());
            component.setVersion(reference.tag().orElse(digest.toString()));
            component.setPurl(Purl.base(registry, platform.toString()));
        } else {
            BaseIdentity.Jdk jdk = (BaseIdentity.Jdk) image.result().base();
            digest = jdk.modules();
            component.setType(Component.Type.PLATFORM);
            component.setPublisher(jdk.vendor());
            component.setName("jdk");
            component.setVersion(jdk.version());
            component.setPurl(Purl.generic("jdk", jdk.version()));
            property(component, "digestOf", "lib/modules");
        }
        component.setBomRef("base" + image.mark(platform));
        return hashed(component, digest);
    }

    static Component hashed(Component component, Digest digest) {
        component.addHash(new Hash(Hash.Algorithm.SHA_256, digest.hex()));
        return component;
    }

    private static void property(Component component, String name, String value) {
        component.addProperty(new Property(PROPERTY + name, value));
    }

    private static Component artifact(ArtifactKey key, String version) {
        Component component = new Component();
        String purl = Purl.maven(key, version);
        component.setBomRef(purl);
        component.setGroup(key.groupId());
        component.setName(key.artifactId());
        component.setVersion(version);
        component.setPurl(purl);
        return component;
    }
}
