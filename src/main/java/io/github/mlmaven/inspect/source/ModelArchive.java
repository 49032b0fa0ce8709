package io.github.mlmaven.inspect.source;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.archive.ZipMembers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Unpacks a model out of a zip archive, which may be hostile: plain files only, below one folder, and not too many. */
final class ModelArchive {

    private static final int SHOWN = 10;

    private final String place;
    private final ArchivePath path;
    private final UnpackLimits limits;

    /**
     * An archive.
     *
     * @param place its coordinates, for messages
     * @param path which of it is the model
     */
    ModelArchive(String place, ArchivePath path, UnpackLimits limits) {
        this.place = place;
        this.path = path;
        this.limits = limits;
    }

    /** Writes the model's files and its golden data below a folder. */
    void unpack(Path archive, Path folder) throws SourceException, IOException {
        ZipMembers members = ZipMembers.of(Content.of(archive, place));
        require(members.findings());
        List<ZipMembers.File> files = members.choose(name -> path.target(name).isPresent());
        require(members.findings());
        if (files.isEmpty() && !path.isEverything()) {
            throw new SourceException(missing(members.names()));
        }
        requireWithin(files);
        for (ZipMembers.File file : files) {
            Path target = folder.resolve(path.target(file.name()).orElseThrow()).normalize();
            if (!target.startsWith(folder)) {
                throw new IllegalStateException("a name that was judged leads out: " + file.name());
            }
            Files.createDirectories(target.getParent());
            try (OutputStream out = Files.newOutputStream(target)) {
                require(members.unpack(file, out));
            }
        }
    }

    private void requireWithin(List<ZipMembers.File> files) throws SourceException {
        if (files.size() > limits.files()) {
            throw new SourceException(
                    tooMuch(place, "the model has too many files", limits.files() + " files", files.size() + " files"));
        }
        List<Finding> findings = new ArrayList<>();
        long total = 0;
        for (ZipMembers.File file : files) {
            // Neither has more than 63 bits; the sum of two is told from a negative one.
            total = total > limits.bytes() ? total : total + Math.min(file.size(), limits.bytes() + 1);
            if (file.size() > limits.freeBytes() && file.size() / limits.ratio() > file.packedSize()) {
                findings.add(tooMuch(
                        place + Content.WITHIN + file.name(),
                        "the entry unpacks to far more than it is",
                        limits.ratio() + " times " + file.packedSize() + " bytes",
                        file.size() + " bytes"));
            }
        }
        if (total > limits.bytes()) {
            findings.add(tooMuch(place, "the model unpacks to too much", limits.bytes() + " bytes", "more"));
        }
        require(findings);
    }

    private static Finding tooMuch(String place, String message, String most, String found) {
        return Finding.of(
                FindingId.SAFE_ARCHIVE,
                place,
                message,
                "at most " + most,
                found,
                "Publish the model without what it does not need, or unpack it into src/main/model yourself.");
    }

    private Finding missing(List<String> names) {
        List<String> models =
                names.stream().filter(name -> name.endsWith(".onnx")).toList();
        List<String> shown = models.isEmpty() ? names : models;
        String found = shown.isEmpty()
                ? "nothing"
                : shown.stream().limit(SHOWN).map(ModelArchive::printable).collect(Collectors.joining(", "))
                        + (shown.size() > SHOWN ? ", …" : "");
        return Finding.of(
                FindingId.MODEL_ARTIFACT,
                place,
                "the archive does not hold what <path> names",
                path.text(),
                found,
                "Correct the <path>; a folder ends with /.");
    }

    private static String printable(String name) {
        String shown = name.length() > 200 ? name.substring(0, 200) + "…" : name;
        return shown.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }

    private static void require(List<Finding> none) throws SourceException {
        if (!none.isEmpty()) {
            throw new SourceException(none);
        }
    }
}
