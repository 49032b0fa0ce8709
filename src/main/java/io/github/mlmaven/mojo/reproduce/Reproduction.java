package io.github.mlmaven.mojo.reproduce;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.reproduce.ImageComparison;
import io.github.mlmaven.image.reproduce.ImageLayout;
import io.github.mlmaven.image.reproduce.JarComparison;
import io.github.mlmaven.image.reproduce.LayoutException;
import io.github.mlmaven.mojo.reproduce.SecondBuild.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Builds the image of a project a second time, somewhere else, and compares. */
public final class Reproduction {

    private static final String FOLDER = "reproduce";

    private final ReproduceRequest request;
    private final String tar;
    private final Consumer<String> log;

    /**
     * A reproduction.
     *
     * @param request what to reproduce
     * @param log is told what goes on
     */
    public Reproduction(ReproduceRequest request, Consumer<String> log) {
        this.request = request;
        this.tar = request.place().apply(request.tar());
        this.log = log;
    }

    /** What is not the same in a second build, or why there is none. */
    public List<Finding> findings() throws IOException, InterruptedException {
        if (!Files.exists(request.tar()) || !Files.exists(request.json())) {
            return List.of(finding(
                    tar,
                    "there is no image to compare a second build with",
                    "the image of this build",
                    "none",
                    Files.exists(request.json())
                            ? "Add tar to ml.image.to: it is the tar that is compared."
                            : "Run mvn package ml:verify -Dml.reproduce."));
        }
        BuildRoot root = BuildRoot.of(request.session());
        if (!root.contains(request.tar()) || !root.contains(request.json())) {
            return List.of(finding(
                    tar,
                    "a second build would write over this image",
                    "an image and reports below " + root.folder(),
                    request.tar() + " and " + request.json(),
                    "Let the build write into the project's own folders."));
        }
        try (Workplace workplace = Workplace.open(request.folder().resolve(FOLDER))) {
            ImageLayout first = ImageLayout.read(request.tar(), request.json());
            log.accept("building the image a second time; the log is "
                    + request.place().apply(request.log()));
            Outcome outcome = new SecondBuild(request, root, workplace, log).run();
            if (outcome instanceof Outcome.Built built) {
                return compare(first, root, built.copy());
            }
            Outcome.Failed failed = (Outcome.Failed) outcome;
            return List.of(finding(
                    request.place().apply(request.log()),
                    failed.message(),
                    failed.expected(),
                    failed.found(),
                    failed.next()));
        } catch (LayoutException e) {
            return List.of(broken(tar, e));
        }
    }

    private List<Finding> compare(ImageLayout first, BuildRoot root, Path copy) throws IOException {
        Path twin = root.in(copy, request.tar());
        Path json = root.in(copy, request.json());
        if (!Files.exists(twin) || !Files.exists(json)) {
            return List.of(finding(
                    request.place().apply(request.log()),
                    "the second build wrote no image",
                    tar,
                    "none",
                    "Read the log; ml:image must be part of the build up to package."));
        }
        try {
            ImageLayout second = ImageLayout.read(twin, json);
            List<Finding> findings = new ArrayList<>(ImageComparison.compare(first, second, tar));
            if (findings.isEmpty()) {
                log.accept("reproduced: " + first.name() + " " + first.digest() + ", " + first.layers()
                        + " layers identical");
            }
            Path jar = request.jar();
            if (Files.exists(jar) && root.contains(jar)) {
                findings.addAll(JarComparison.compare(
                        jar, root.in(copy, jar), request.place().apply(jar)));
            }
            return findings;
        } catch (LayoutException e) {
            return List.of(broken("the second build's " + tar, e));
        }
    }

    private static Finding broken(String place, LayoutException e) {
        return finding(place, e.what(), e.expected(), e.found(), "Run mvn clean package ml:verify -Dml.reproduce.");
    }

    private static Finding finding(String place, String message, String expected, String found, String next) {
        return Finding.of(FindingId.IMAGE_REPRODUCE, place, message, expected, found, next);
    }
}
