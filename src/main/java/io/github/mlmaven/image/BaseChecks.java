package io.github.mlmaven.image;

import java.io.IOException;

/**
 * What an image of somebody else must have to be a base.
 *
 * @param reference how the user named it
 * @param platform what it is for
 * @param log where it is told what could not be found out
 */
record BaseChecks(String reference, Platform platform, ImageLog log) {

    /**
     * Looks at what is in it, which may not be stored yet.
     *
     * @throws ImageException when it cannot run the project's classes, the engine's natives, or finds no model
     */
    void check(BaseContents contents, ImageRequest request, ApplicationTree tree) throws ImageException, IOException {
        new BaseJava(reference, contents).check(request.content().javaRelease(), log);
        new BaseLibraries(reference, contents.files(), platform).check(tree.natives(), log);
        BaseLocale.of(reference, contents).check(request.content().models());
    }
}
