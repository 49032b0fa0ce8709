package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/** Which file of a model's folder the engine opens: {@code model.EXT}, or else the only {@code *.EXT}. */
sealed interface MainFile {

    /** It is this one. */
    record Chosen(String name) implements MainFile {}

    /** There is none, or it may not be read. */
    record Refused(Finding finding) implements MainFile {}

    /**
     * Looks into a model's folder.
     *
     * @param extension the extension of the format's files, with the dot
     */
    static MainFile of(ModelSource source, String extension) throws IOException {
        String usual = "model" + extension;
        List<String> files = files(source.folder());
        List<String> candidates =
                files.stream().filter(name -> name.endsWith(extension)).toList();
        if (candidates.contains(usual)) {
            return judgeLink(source, usual);
        }
        if (candidates.size() == 1) {
            return judgeLink(source, candidates.get(0));
        }
        String expected = usual + ", or a single *" + extension + " file";
        if (candidates.size() > 1) {
            return new Refused(Finding.of(
                    FindingId.MODEL_LAYOUT,
                    source.place(),
                    "it is not clear which file is the model",
                    expected,
                    String.join(", ", candidates),
                    "Rename the model to " + usual + "."));
        }
        if (files.isEmpty()) {
            return new Refused(Finding.of(
                    FindingId.MODEL_MISSING,
                    source.place(),
                    "the folder holds no model",
                    expected,
                    "no files",
                    "Copy the model to " + source.place() + "/" + usual + "."));
        }
        return new Refused(wrongExtension(source, files, usual, expected));
    }

    /** Names of the plain files and of links, sorted, without hidden ones. */
    private static List<String> files(Path folder) throws IOException {
        return FolderListing.visible(folder).stream()
                .filter(entry ->
                        Files.isRegularFile(entry) || (Files.isSymbolicLink(entry) && !Files.isDirectory(entry)))
                .map(entry -> entry.getFileName().toString())
                .toList();
    }

    /** The file of this name, unless it is a link that leads out of the folder, or no file. */
    static MainFile judgeLink(ModelSource source, String name) throws IOException {
        Path file = source.folder().resolve(name);
        if (Files.isSymbolicLink(file)) {
            boolean dangling = !Files.exists(file);
            if (dangling || !file.toRealPath().startsWith(source.folder().toRealPath())) {
                return new Refused(Finding.of(
                        FindingId.SAFE_LINK,
                        source.place() + "/" + name,
                        "the model is a link that leads out of its folder",
                        "a plain file",
                        dangling ? "a symbolic link to nothing" : "a symbolic link",
                        "Copy the file to where the link is."));
            }
        }
        if (!Files.isRegularFile(file)) {
            return new Refused(Finding.of(
                    FindingId.MODEL_UNREADABLE,
                    source.place() + "/" + name,
                    "the model is not a plain file",
                    "a plain file",
                    "something else",
                    "Copy the model to this place."));
        }
        return new Chosen(name);
    }

    private static Finding wrongExtension(ModelSource source, List<String> files, String usual, String expected) {
        for (String name : files) {
            Path file = source.folder().resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && FileContent.of(file).startsLikeOnnx()) {
                return Finding.of(
                        FindingId.MODEL_FORMAT,
                        source.place() + "/" + name,
                        "the file has another extension than its format",
                        expected,
                        name + ", whose content is ONNX",
                        "Rename it to " + usual + ".");
            }
        }
        return Finding.of(
                FindingId.MODEL_FORMAT,
                source.place(),
                "the folder holds no file of a format that can be served",
                expected,
                String.join(", ", files.subList(0, Math.min(files.size(), 10))) + (files.size() > 10 ? ", …" : ""),
                "Export the model to ONNX and save it as " + source.place() + "/" + usual + ".");
    }
}
