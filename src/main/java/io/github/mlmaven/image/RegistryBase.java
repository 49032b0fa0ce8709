package io.github.mlmaven.image;

import java.io.IOException;
import java.nio.file.Path;

/** A base from a registry, pulled by digest. */
final class RegistryBase implements Base {

    private final BaseImage.Registry base;
    private final Platform platform;
    private final Path java;
    private final ImageLog log;

    RegistryBase(BaseImage.Registry base, Platform platform, Machine machine, ImageLog log) {
        this.base = base;
        this.log = log;
        this.platform = platform;
        this.java = machine.java();
    }

    @Override
    public Path java() {
        return java;
    }

    @Override
    public BaseContents contents(ImageRequest request, ApplicationTree tree, JibBase jib)
            throws ImageException, IOException, InterruptedException {
        BaseContents contents = jib.registry(base, platform, request.output().offline());
        new BaseJava(base.reference(), contents).check(request.content().javaRelease(), log);
        new BaseLibraries(base.reference(), contents.files(), platform).check(tree.natives(), log);
        BaseLocale.of(base.reference(), contents).check(request.content().models());
        return contents;
    }
}
