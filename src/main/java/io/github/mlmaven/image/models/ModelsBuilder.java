package io.github.mlmaven.image.models;

import io.github.mlmaven.image.ImageException;
import io.github.mlmaven.image.ImageKind;
import io.github.mlmaven.image.ImageTarget;
import io.github.mlmaven.image.OciImage;
import io.github.mlmaven.image.Placement;
import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layout.OciLayout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts models without a server where they are to go.
 *
 * @param kind what is made of them
 * @param form how that is made
 * @param targets where it goes, in this order
 */
public record ModelsBuilder(ImageKind kind, Form form, List<ImageTarget> targets) {

    /** What a kind makes of models. */
    @FunctionalInterface
    public interface Form {
        /**
         * The layout with all that it names; nothing is written.
         *
         * @throws ChangedLayerException when a model is not what was verified
         */
        OciLayout of(ModelsRequest request) throws IOException;
    }

    public ModelsBuilder {
        targets = List.copyOf(targets);
    }

    /**
     * Puts them there, if every target can take them.
     *
     * @throws ImageException when one cannot, or when a model is not what was verified; what went to a target before stands
     */
    public ModelsResult build(ModelsRequest request) throws ImageException, IOException, InterruptedException {
        for (ImageTarget target : targets) {
            target.check();
        }
        try {
            OciImage image = OciImage.of(request.platform(), form.of(request));
            List<Placement> placements = new ArrayList<>();
            for (ImageTarget target : targets) {
                placements.add(target.put(image));
            }
            return ModelsResult.of(kind, image.layout(), placements);
        } catch (ChangedLayerException e) {
            throw ImageException.of(e);
        }
    }
}
