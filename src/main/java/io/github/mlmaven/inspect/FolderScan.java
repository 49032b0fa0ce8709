package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanLimits;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Looks at every file under a folder, hidden ones too; links are judged, never followed out of it. */
final class FolderScan {

    private static final int MAX_FILES = 100_000;

    private final List<FormatScanner> scanners;
    private final Path temporary;

    /**
     * With all registered scanners.
     *
     * @param temporary a folder for what is unpacked; made when it is needed
     */
    FolderScan(Path temporary) {
        // By its own class loader: a plugin's classes are not on the context class path of every Maven version.
        this(
                ServiceLoader.load(FormatScanner.class, FormatScanner.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList(),
                temporary);
    }

    FolderScan(List<FormatScanner> scanners, Path temporary) {
        this.scanners = List.copyOf(scanners);
        this.temporary = temporary;
    }

    /**
     * Looks at all files.
     *
     * @param place the folder, for messages
     * @return a result for each, by place
     */
    List<ScanResult> of(Path folder, String place) throws IOException {
        List<Path> files = files(folder);
        if (files.size() > MAX_FILES) {
            return List.of(new ScanResult(
                    place,
                    0,
                    Kind.UNKNOWN,
                    "not looked at",
                    List.of(Finding.of(
                            FindingId.MODEL_LIMIT,
                            place,
                            "the folder holds too many files",
                            "at most " + MAX_FILES,
                            "more",
                            "Keep only what belongs to the model in its folder.")),
                    List.of()));
        }
        return of(folder, place, files);
    }

    /** Looks at some files of a folder. */
    List<ScanResult> of(Path folder, String place, List<Path> files) throws IOException {
        List<ScanResult> results = new ArrayList<>();
        try (Scan scan = new Scan(scanners, ScanLimits.DEFAULT, temporary)) {
            for (Path file : files) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                results.add(look(scan, folder, file, place + "/" + name));
            }
        }
        results.sort(Comparator.comparing(ScanResult::place));
        return results;
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return files.size() > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        return files;
    }

    private static ScanResult look(Scan scan, Path folder, Path file, String place) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return link(folder, file, place);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return special(place, "a device or a pipe", "it is not a plain file", "something else");
        }
        Content content = Content.of(file, place);
        ScanResult result = scan.scan(content);
        // It is text, and so plain data, but not the data that it should be.
        return FileContent.of(file)
                .lfsPointer(place)
                .map(pointer -> ScanResult.of(content, Kind.UNKNOWN, "a Git LFS pointer", List.of(pointer)))
                .orElse(result);
    }

    private static ScanResult link(Path folder, Path file, String place) throws IOException {
        boolean dangling = !Files.exists(file);
        if (!dangling && file.toRealPath().startsWith(folder.toRealPath())) {
            // What it leads to is looked at by itself.
            return new ScanResult(place, 0, Kind.DATA, "a symbolic link within the folder", List.of(), List.of());
        }
        return special(
                place,
                "a symbolic link",
                "it is a link that leads out of the model's folder",
                dangling ? "a symbolic link to nothing" : "a symbolic link");
    }

    private static ScanResult special(String place, String format, String message, String found) {
        Finding finding = Finding.of(
                FindingId.SAFE_LINK, place, message, "a plain file", found, "Copy the file to where it is needed.");
        return new ScanResult(place, 0, Kind.UNKNOWN, format, List.of(finding), List.of());
    }
}
