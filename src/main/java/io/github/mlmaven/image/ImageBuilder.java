package io.github.mlmaven.image;

import io.github.mlmaven.image.layer.ChangedLayerException;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.lock.BaseIdentity;
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
        // Before anything is deleted: what is in the way may be a typing error.
        ImageName.parse(request.name());
        for (ImageTarget target : request.targets()) {
            target.check();
        }
        boolean onlyTar = request.targets().stream().allMatch(TarTarget.class::isInstance);
        if (!request.output().reuse() || request.targets().stream().noneMatch(TarTarget.class::isInstance)) {
            archive.forget();
        }
        LastImage last = new LastImage(
                request.output().workFolder().resolve(request.output().tar().getFileName() + ".json"));
        Optional<Digest> inputs =
                request.output().reuse() && onlyTar ? ImageInputs.digest(request, machine) : Optional.empty();
        Optional<ImageResult> same =
                inputs.isPresent() ? last.of(inputs.get(), request, docker(request)) : Optional.empty();
        if (same.isPresent() && archive.restore(same.get().digest())) {
            log.info("Nothing has changed since the image was built and tried");
            return same.get();
        }
        last.forget();
        ImageResult result;
        try {
            result = assemble(request);
        } catch (ChangedLayerException e) {
            giveUp(request, e);
            throw changed(e, request);
        } catch (ImageException | IOException | InterruptedException | RuntimeException e) {
            giveUp(request, e);
            throw e;
        }
        // Not if something changed meanwhile: the image may be of either.
        if (inputs.isPresent() && inputs.equals(ImageInputs.digest(request, machine))) {
            last.remember(inputs.get(), result);
        }
        return result;
    }

    private static void giveUp(ImageRequest request, Exception why) {
        for (ImageTarget target : request.targets()) {
            try {
                target.giveUp();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }

    private ImageResult assemble(ImageRequest request) throws ImageException, IOException, InterruptedException {
        Files.createDirectories(request.output().workFolder());
        PlatformFolders folders = new PlatformFolders(request.output().workFolder(), request.platforms());
        folders.sweep();
        BaseIdentity base = request.base().identity(request.platforms());
        log.info("Base image: " + base);
        List<PlatformBuild> builds = new ArrayList<>();
        List<SmokeResult> answers;
        List<OciImage> images = new ArrayList<>();
        // To read models takes as long as to assemble what serves them, and to store all of it as long as to try it.
        try (Background<List<StoredLayer>> models =
                Background.start("layers of the models", () -> ApplicationLayers.models(request))) {
            for (Platform platform : request.platforms()) {
                builds.add(PlatformBuild.assemble(request, platform, folders.of(platform), machine, log));
            }
            ApplicationTree tree = builds.get(0).tree();
            try (Background<List<StoredLayer>> layers =
                    Background.start("layers of the image", () -> store(models.result(), tree, request))) {
                answers = answers(builds, layers);
                List<StoredLayer> shared = layers.result();
                for (PlatformBuild build : builds) {
                    images.add(build.image(shared));
                }
            }
        }
        OciImage image = OciImage.of(images, docker(request));
        List<PlatformImage> platforms = new ArrayList<>();
        image.manifests().forEach((platform, manifest) -> platforms.add(PlatformImage.of(platform, manifest)));
        // The same cases, answered within the same tolerances: one of them speaks for all.
        return new ImageResult(request.name(), image.digest(), platforms, base, answers.get(0), put(image, request));
    }

    /** The layers that all platforms share; what is known of the image then is put where it goes ahead of the rest. */
    private static List<StoredLayer> store(List<StoredLayer> models, ApplicationTree tree, ImageRequest request)
            throws IOException {
        for (ImageTarget target : request.targets()) {
            target.ahead(models);
        }
        return new ApplicationLayers(request, tree).shared(models);
    }

    private List<SmokeResult> answers(List<PlatformBuild> builds, Background<?> layers)
            throws ImageException, IOException, InterruptedException {
        List<SmokeResult> answers = new ArrayList<>();
        try {
            for (PlatformBuild build : builds) {
                log.info("Starting what was assembled" + (builds.size() == 1 ? "" : " for " + build.platform()));
                answers.add(build.run());
            }
        } catch (ImageException e) {
            // A file that is not the one that was verified tells more than a server that does not start with it.
            layers.result();
            throw e;
        }
        return answers;
    }

    /** The platform of the image that Docker loads from a tar: this machine's, if it is built for that. */
    private Platform docker(ImageRequest request) {
        return machine.platform()
                .filter(here -> request.platforms().contains(here))
                .orElseGet(() -> request.platforms().first());
    }

    private static List<Placement> put(OciImage image, ImageRequest request)
            throws ImageException, IOException, InterruptedException {
        List<Placement> placements = new ArrayList<>();
        for (ImageTarget target : request.targets()) {
            placements.add(target.put(image));
        }
        return placements;
    }

    /** Names the file that is not what was verified, if it is one of a model. */
    private static ImageException changed(ChangedLayerException e, ImageRequest request)
            throws ImageException, IOException {
        for (VerifiedModel model : request.content().models()) {
            ModelLayers.check(model);
        }
        return ImageException.of(e);
    }
}
