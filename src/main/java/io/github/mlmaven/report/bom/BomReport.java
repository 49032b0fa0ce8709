package io.github.mlmaven.report.bom;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.mlmaven.image.NativeLibrary;
import io.github.mlmaven.report.JsonFile;
import io.github.mlmaven.verify.ModelVerification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.cyclonedx.Version;
import org.cyclonedx.generators.json.BomJsonGenerator;
import org.cyclonedx.model.Bom;
import org.cyclonedx.model.Component;
import org.cyclonedx.model.Metadata;
import org.cyclonedx.model.metadata.ToolInformation;

/**
 * What was built and what it is made of: {@code target/ml/bom.json}, CycloneDX 1.6. The same request gives the same
 * bytes: no time, members and components sorted, and a serial number that is derived from the content.
 */
public final class BomReport {

    private static final Version VERSION = Version.VERSION_16;
    private static final String PLUGIN = "ml-maven-plugin";

    // The library leaves the order of members to reflection, which promises none.
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private BomReport() {}

    /** Writes the document, as a whole or not at all. */
    public static void write(Path file, BomRequest request) throws IOException {
        Map<String, Object> document = SORTED.convertValue(
                new BomJsonGenerator(bom(request), VERSION).toJsonNode(), new TypeReference<Map<String, Object>>() {});
        UUID serial = UUID.nameUUIDFromBytes(SORTED.writeValueAsString(document).getBytes(StandardCharsets.UTF_8));
        document.put("serialNumber", "urn:uuid:" + serial);
        JsonFile.write(file, json -> SORTED.writeValue(json, document));
    }

    private static Bom bom(BomRequest request) {
        Component project = Components.project(request);
        List<Component> components = components(request);
        Metadata metadata = new Metadata();
        metadata.setTimestamp(null);
        metadata.setComponent(project);
        metadata.setToolChoice(tool(request.pluginVersion()));
        Bom bom = new Bom();
        bom.setMetadata(metadata);
        bom.setComponents(components);
        bom.setDependencies(BomGraph.of(request, project.getBomRef(), components));
        return bom;
    }

    private static List<Component> components(BomRequest request) {
        List<Component> components = new ArrayList<>();
        for (BomLibrary library : request.libraries()) {
            components.add(Components.library(library));
        }
        for (ModelVerification model : request.models()) {
            components.add(ModelComponent.of(model));
        }
        request.image()
                .ifPresent(image -> image.natives().forEach((platform, natives) -> {
                    components.add(Components.base(image, platform));
                    for (NativeLibrary library : natives) {
                        components.add(Components.nativeLibrary(library, image, platform));
                    }
                }));
        components.sort(Comparator.comparing(Component::getBomRef));
        return components;
    }

    private static ToolInformation tool(String version) {
        Component plugin = new Component();
        plugin.setType(Component.Type.APPLICATION);
        plugin.setName(PLUGIN);
        plugin.setVersion(version);
        ToolInformation tools = new ToolInformation();
        tools.setComponents(List.of(plugin));
        return tools;
    }
}
