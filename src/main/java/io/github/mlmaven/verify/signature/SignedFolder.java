package io.github.mlmaven.verify.signature;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.ModelFile;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares a model's folder with the files that were signed: none changed, none missing, none more. */
final class SignedFolder {

    /** What model_signing leaves out of every signature; the engine reads none of it. */
    private static final Set<String> LEFT_OUT =
            Set.of(SignatureFile.NAME, ".git", ".gitattributes", ".github", ".gitignore");

    private static final int MAX_FILES = 100_000;
    private static final int MAX_DEPTH = 64;
    private static final int SHOWN = 20;

    private final Path folder;
    private final String place;
    private final Map<String, ModelFile> known = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private int wrong;

    /**
     * Prepares the comparison.
     *
     * @param known files of the model that were read before, so that they need not be read again
     */
    SignedFolder(Path folder, String place, List<ModelFile> known) {
        this.folder = folder;
        this.place = place;
        known.forEach(file -> this.known.put(file.path(), file));
        // It is packaged with the model, and cannot cover itself.
        this.known.remove(SignatureFile.NAME);
    }

    /** What differs. */
    List<Finding> compare(Manifest manifest) throws IOException, SignatureException {
        SortedSet<String> present = present(manifest.files().keySet());
        // Also what the engine would read from a place that no signature covers.
        present.addAll(known.keySet());
        for (Map.Entry<String, List<Manifest.Part>> file : manifest.files().entrySet()) {
            if (!present.contains(file.getKey())) {
                add(file.getKey(), "a signed file is missing", "the file", "none");
            } else if (!fits(file.getKey(), file.getValue())) {
                add(file.getKey(), "the file is not the one that was signed", "the signed bytes", "other bytes");
            }
        }
        for (String path : present) {
            if (!manifest.files().containsKey(path)) {
                add(path, "the file is not signed", "only signed files", "one more");
            }
        }
        if (wrong > SHOWN) {
            findings.add(finding(place, "more files differ from what was signed", "none", (wrong - SHOWN) + " more"));
        }
        return findings;
    }

    private boolean fits(String path, List<Manifest.Part> parts) throws IOException {
        Optional<ModelFile> read = Optional.ofNullable(known.get(path));
        if (read.isPresent() && parts.get(0).end().isEmpty()) {
            return read.get().digest().hex().equals(parts.get(0).digest());
        }
        return Hashes.fit(folder.resolve(path), parts);
    }

    private SortedSet<String> present(Set<String> signed) throws IOException, SignatureException {
        Set<String> leftOut = new HashSet<>(LEFT_OUT);
        signed.forEach(path -> leftOut.remove(path.replaceFirst("/.*", "")));
        SortedSet<String> paths = new TreeSet<>();
        Files.walkFileTree(folder, Set.of(), MAX_DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return leftOut.contains(path(directory)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (leftOut.contains(path(file))) {
                    return FileVisitResult.CONTINUE;
                }
                if (attributes.isRegularFile()) {
                    paths.add(path(file));
                } else {
                    add(path(file), "a signature covers plain files only", "a plain file", "something else");
                }
                return paths.size() > MAX_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
            }
        });
        if (paths.size() > MAX_FILES) {
            throw SignatureException.invalid(
                    "the folder has more files than a signature may cover", "at most " + MAX_FILES + " files", "more");
        }
        return paths;
    }

    private String path(Path file) {
        return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    private void add(String path, String message, String expected, String found) {
        if (++wrong <= SHOWN) {
            findings.add(finding(place + "/" + path, message, expected, found));
        }
    }

    private static Finding finding(String place, String message, String expected, String found) {
        return SignatureException.invalid(message, expected, found).at(place);
    }
}
