package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.ImageReference;
import io.github.mlmaven.files.ArgumentFile;
import io.github.mlmaven.image.layer.StoredLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * The image for one platform, while it is assembled in a folder of its own.
 *
 * @param request what it is made of
 * @param platform what it is for
 * @param folder where it is assembled
 * @param tree what was assembled
 * @param contents what its base brings
 * @param config its configuration, to be completed with the layers above the base
 * @param annotations of its manifest
 * @param here the command that starts it on this machine
 */
record PlatformBuild(
        ImageRequest request,
        Platform platform,
        Path folder,
        ApplicationTree tree,
        BaseContents contents,
        ImageConfig config,
        SortedMap<String, String> annotations,
        List<String> here) {

    /**
     * Assembles it, on a base that is known to carry it.
     *
     * @param folder where that is done
     */
    static PlatformBuild assemble(ImageRequest request, Platform platform, Path folder, Machine machine, ImageLog log)
            throws ImageException, IOException, InterruptedException {
        ImageReference name = ImageName.parse(request.name());
        Files.createDirectories(folder);
        Base base = base(request, platform, machine, log);
        ApplicationTree tree = ApplicationTree.assemble(
                request.content(), platform, folder.resolve("rootfs").resolve("app"));
        ImageLabels labels = ImageLabels.of(request, platform, name);
        BaseContents contents = base.contents(request, tree, new JibBase(name, labels, folder, request.registries()));
        Entrypoint entrypoint =
                new Entrypoint(tree.classPath(), request.content().mainClass());
        ImageConfig config = new ImageConfig(contents.config());
        config.entrypoint(entrypoint.inImage(config.java()));
        boolean same = machine.runs(platform);
        List<String> here = same
                ? entrypoint.here(base.java(), tree.root())
                : entrypoint.here(base.java(), tree.root(), tree.engine());
        return new PlatformBuild(request, platform, folder, tree, contents, config, labels.annotations(), here);
    }

    private static Base base(ImageRequest request, Platform platform, Machine machine, ImageLog log)
            throws ImageException, IOException, InterruptedException {
        if (request.base() instanceof BaseImage.Jdk jdk) {
            return new JdkBase(jdk, platform, request, machine, log);
        }
        if (request.base() instanceof BaseImage.Local local) {
            return new LocalBase(local, platform, machine.java(), log);
        }
        return new RegistryBase((BaseImage.Registry) request.base(), platform, machine.java(), log);
    }

    /** Starts what was assembled, and asks it for what is known. */
    SmokeResult run() throws ImageException, IOException, InterruptedException {
        // Before it is tried, so that somebody can look into what does not start.
        ArgumentFile.write(folder.resolve("java.args"), here.subList(1, here.size()));
        Path log = folder.resolve("smoke.log");
        return new SmokeTest(request.smoke(), log, request.output().place(log))
                .run(here, request.content().models());
    }

    /**
     * The image.
     *
     * @param shared the layers above the natives
     */
    OciImage image(List<StoredLayer> shared) throws IOException {
        List<StoredLayer> own = new ArrayList<>(List.of(ApplicationLayers.natives(request, tree)));
        own.addAll(shared);
        List<StoredLayer> layers = new ArrayList<>(contents.layers());
        for (StoredLayer layer : own) {
            config.add(layer);
            layers.add(layer);
        }
        return OciImage.of(request.name(), platform, config.json(), layers, annotations);
    }
}
