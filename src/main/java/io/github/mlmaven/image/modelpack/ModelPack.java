package io.github.mlmaven.image.modelpack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.image.layout.LayoutBlob;
import io.github.mlmaven.image.layout.LayoutDocument;
import io.github.mlmaven.image.layout.LayoutManifest;
import io.github.mlmaven.image.layout.OciLayout;
import io.github.mlmaven.image.models.ModelsRequest;
import io.github.mlmaven.image.models.VersionFile;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The models as an OCI artifact (ModelPack specification, "Model Format Specification"), each file a layer. */
public final class ModelPack {

    private static final String ARTIFACT = "application/vnd.cncf.model.manifest.v1+json";
    private static final String CONFIG = "application/vnd.cncf.model.config.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ModelPack() {}

    /** The artifact with all that it names; nothing is written. */
    public static OciLayout layout(ModelsRequest request) throws IOException {
        List<LayoutBlob> layers = new ArrayList<>();
        for (VerifiedModel model : request.models()) {
            for (VersionFile file : VersionFile.of(model)) {
                layers.add(PackLayer.of(file));
            }
        }
        LayoutDocument config = new LayoutDocument(CONFIG, PackConfig.of(request, layers));
        ObjectNode manifest = OciLayout.manifest(config, layers, request.annotations());
        manifest.put("artifactType", ARTIFACT);
        ObjectNode index = JSON.createObjectNode().put("artifactType", ARTIFACT);
        return OciLayout.artifact(
                request.name(),
                new LayoutManifest(new LayoutDocument(OciLayout.MANIFEST, manifest), config, layers, index));
    }
}
