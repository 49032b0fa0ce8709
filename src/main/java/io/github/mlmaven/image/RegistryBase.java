package io.github.mlmaven.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A base from a registry, pulled by digest.
 *
 * @param base what is pulled
 * @param platform what it is for
 * @param java the machine's own, as the base's may be of another platform
 * @param log where it is told what could not be found out
 */
record RegistryBase(BaseImage.Registry base, Platform platform, Path java, ImageLog log) implements Base {

    @Override
    public BaseContents contents(ImageRequest request, ApplicationTree tree, JibBase jib)
            throws ImageException, IOException, InterruptedException {
        BaseContents contents = jib.registry(base, platform, request.output().offline());
        new BaseChecks(base.reference(), platform, log).check(contents, request, tree);
        return contents;
    }
}
