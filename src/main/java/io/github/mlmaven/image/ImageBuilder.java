package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.ImageReference;
import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.StoredLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Assembles an image, starts what it assembled, and puts it where it is to go. */
public final class ImageBuilder {

    private final Machine machine;
    private final ImageLog log;

    /**
     * @param machine the machine that builds
     * @param log where progress is told
     */
    public ImageBuilder(Machine machine, ImageLog log) {
        this.machine = machine;
        this.log = log;
    }

    /**
     * Builds the image and puts it where it is to go. The tar of an earlier build is gone when it begins, and nothing is
     * put anywhere unless every target can take it and the image answered as it should.
     *
     * @throws ImageException when the image cannot be built, or did not answer as it should
     */
    public ImageResult build(ImageRequest request) throws ImageException, IOException, InterruptedException {
        Files.deleteIfExists(request.output().tar());
        ImageReference name = ImageName.parse(request.name());
        for (ImageTarget target : request.targets()) {
            target.check();
        }
        Path workFolder = Files.createDirectories(request.output().workFolder());
        Base base = base(request);
        log.info("Base image: " + base.identity());
        ApplicationTree tree = ApplicationTree.assemble(
                request.content(),
                request.platform(),
                workFolder.resolve("rootfs").resolve("app"));
        BaseContents contents = base.contents(request, tree, new JibBase(name, workFolder, request.registries()));
        ImageConfig config = new ImageConfig(contents.config());
        Entrypoint entrypoint =
                new Entrypoint(tree.classPath(), request.content().mainClass());
        config.entrypoint(entrypoint.inImage(config.java()));
        log.info("Starting what was assembled");
        SmokeResult smoke = new SmokeTest(request.smoke(), request.output())
                .run(
                        here(entrypoint, tree, base, request.platform()),
                        request.content().models());
        List<StoredLayer> layers = new ArrayList<>(contents.layers());
        LayerStore store = new LayerStore(workFolder.resolve("layers"));
        for (Layer layer : ApplicationLayers.of(tree, request.content().models())) {
            // The natives are the engine's, the same for every project.
            LayerStore where = layer.name().equals(ApplicationLayers.NATIVES)
                    ? request.output().sharedLayers()
                    : store;
            StoredLayer stored = where.store(layer);
            config.add(stored);
            layers.add(stored);
        }
        OciImage image = new OciImage(request.name(), request.platform(), config.json(), layers);
        List<Placement> placements = new ArrayList<>();
        for (ImageTarget target : request.targets()) {
            placements.add(target.put(image));
        }
        return new ImageResult(
                request.name(),
                image.digest(),
                image.configDigest(),
                request.platform(),
                base.identity(),
                layers.stream().map(ImageBuilder::summary).toList(),
                smoke,
                placements);
    }

    private Base base(ImageRequest request) throws ImageException, IOException, InterruptedException {
        if (request.base() instanceof BaseImage.Jdk jdk) {
            return new JdkBase(jdk, request, machine);
        }
        return new RegistryBase((BaseImage.Registry) request.base(), request.platform(), machine, log);
    }

    private List<String> here(Entrypoint entrypoint, ApplicationTree tree, Base base, Platform platform) {
        boolean same = machine.platform().filter(platform::equals).isPresent();
        return same
                ? entrypoint.here(base.java(), tree.root())
                : entrypoint.here(base.java(), tree.root(), tree.engine());
    }

    private static ImageLayer summary(StoredLayer layer) {
        return new ImageLayer(layer.name(), layer.digest(), layer.size(), layer.tarSize());
    }
}
