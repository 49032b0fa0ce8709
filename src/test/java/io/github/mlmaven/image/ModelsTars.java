package io.github.mlmaven.image;

import io.github.mlmaven.image.models.ModelsBuilder;
import io.github.mlmaven.image.models.ModelsRequest;
import io.github.mlmaven.image.models.ModelsResult;
import java.util.List;

/** Writes models without a server into the tar of a project, as the goal does. */
final class ModelsTars {

    private ModelsTars() {}

    static ModelsResult write(ImageKind kind, ModelsBuilder.Form form, ModelsRequest request, SampleProject project)
            throws Exception {
        ImageBuilder.setAside(project.tar(), project.workFolder());
        TarTarget tar = new TarTarget(project.tar(), project.workFolder(), ImageProgress.NONE);
        return new ModelsBuilder(kind, form, List.of(tar)).build(request);
    }
}
