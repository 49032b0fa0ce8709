package io.github.mlmaven.image;

import com.google.cloud.tools.jib.api.ImageReference;
import io.github.mlmaven.files.ArgumentFile;
import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Assembles an image, starts what it assembled, and puts it where it is to go. */
public final class ImageBuilder {

    private final Machine machine;
    private final ImageLog log;

    /**
     * @param machine the machine that builds
     * @param log where steps are told
     */
    public ImageBuilder(Machine machine, ImageLog log) {
        this.machine = machine;
        this.log = log;
    }

    /**
     * Takes the tar of an earlier build away, so that whatever fails from here on, it does not stand for this one.
     *
     * @param tar the tar
     * @param workFolder as in the request that follows
     */
    public static void setAside(Path tar, Path workFolder) throws IOException {
        new TarTarget(tar, workFolder, ImageProgress.NONE).archive().setAside();
    }

    /** Deletes what was set aside: another kind of image has no use for it. */
    public static void forget(Path tar, Path workFolder) throws IOException {
        new TarTarget(tar, workFolder, ImageProgress.NONE).archive().forget();
    }

    /**
     * Builds the image and puts it where it is to go, unless that is only the tar and the one of an earlier build is what
     * this one would make. The tar of an earlier build is gone when it begins, and nothing is put anywhere unless every
     * target can take it and the image answered as it should.
     *
     * @throws ImageException when the image cannot be built, or did not answer as it should
     */
    public ImageResult build(ImageRequest request) throws ImageException, IOException, InterruptedException {
        ImageArchive archive = request.output().onlyTar().archive();
        archive.setAside();
        boolean onlyTar = request.targets().stream().allMatch(TarTarget.class::isInstance);
        if (!request.output().reuse() || request.targets().stream().noneMatch(TarTarget.class::isInstance)) {
            archive.forget();
        }
        LastImage last = new LastImage(request.output().workFolder().resolve("last.json"));
        Optional<Digest> inputs =
                request.output().reuse() && onlyTar ? ImageInputs.digest(request, machine) : Optional.empty();
        Optional<ImageResult> same = inputs.isPresent() ? last.of(inputs.get(), request) : Optional.empty();
        if (same.isPresent() && archive.restore(same.get().digest())) {
            log.info("Nothing has changed since the image was built and tried");
            return same.get();
        }
        last.forget();
        ImageResult result = assemble(request);
        // Not if something changed meanwhile: the image may be of either.
        if (inputs.isPresent() && inputs.equals(ImageInputs.digest(request, machine))) {
            last.remember(inputs.get(), result);
        }
        return result;
    }

    private ImageResult assemble(ImageRequest request) throws ImageException, IOException, InterruptedException {
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
        ImageLabels labels = ImageLabels.of(request, name);
        BaseContents contents =
                base.contents(request, tree, new JibBase(name, labels, workFolder, request.registries()));
        ImageConfig config = new ImageConfig(contents.config());
        Entrypoint entrypoint =
                new Entrypoint(tree.classPath(), request.content().mainClass());
        config.entrypoint(entrypoint.inImage(config.java()));
        ApplicationLayers application = new ApplicationLayers(request, tree);
        List<StoredLayer> models = application.models();
        log.info("Starting what was assembled");
        List<String> here = here(entrypoint, tree, base, request.platform());
        // Before it is tried, so that somebody can look into what does not start.
        ArgumentFile.write(workFolder.resolve("java.args"), here.subList(1, here.size()));
        SmokeResult smoke = new SmokeTest(request.smoke(), request.output())
                .run(here, request.content().models());
        List<StoredLayer> layers = new ArrayList<>(contents.layers());
        for (StoredLayer layer : application.all(models)) {
            config.add(layer);
            layers.add(layer);
        }
        OciImage image = new OciImage(request.name(), request.platform(), config.json(), layers, labels.annotations());
        List<Placement> placements = put(image, request);
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

    private static List<Placement> put(OciImage image, ImageRequest request)
            throws ImageException, IOException, InterruptedException {
        List<Placement> placements = new ArrayList<>();
        for (ImageTarget target : request.targets()) {
            try {
                placements.add(target.put(image));
            } catch (ChangedLayerException e) {
                for (VerifiedModel model : request.content().models()) {
                    ModelLayers.check(model);
                }
                throw ImageException.of(e);
            }
        }
        return placements;
    }

    private Base base(ImageRequest request) throws ImageException, IOException, InterruptedException {
        if (request.base() instanceof BaseImage.Jdk jdk) {
            return new JdkBase(jdk, request, machine, log);
        }
        if (request.base() instanceof BaseImage.Local local) {
            return new LocalBase(local, request.platform(), machine, log);
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
