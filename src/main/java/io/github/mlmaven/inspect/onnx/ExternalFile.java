package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A plain file below the model's folder that holds external data.
 *
 * @param path its path below the folder, normalised, with {@code /}
 * @param file the file
 * @param size its bytes
 * @param place the file relative to the project
 */
record ExternalFile(String path, Path file, long size, String place) {

    /** Reports that a tensor needs more of the file than there is. */
    void tooShort(Problems problems, String tensor, long end) {
        Optional<Finding> pointer = FileContent.of(file).lfsPointer(place);
        problems.add(pointer.orElseGet(() -> Finding.of(
                FindingId.MODEL_EXTERNAL,
                problems.place(),
                tensor + " has external data beyond the end of " + path,
                "at least " + end + " bytes",
                size + " bytes",
                "Restore " + place + " from its source, or export the model again.")));
    }

    /**
     * Finds files by the {@code location} of external data, and nothing outside the model's folder: no path that leads
     * out (CVE-2022-25882, CVE-2024-27318), no link (CVE-2024-5187 and its kin).
     */
    static final class Finder {

        private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*");
        private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:/.*");
        /** ONNX Runtime takes what follows for an address in its own memory. */
        private static final String MEMORY_ADDRESS = "*/_ORT_MEM_ADDR_/";

        private final Path folder;
        private final String folderPlace;
        private final String mainFile;
        private final Problems problems;

        Finder(Path folder, String folderPlace, String mainFile, Problems problems) {
            this.folder = folder;
            this.folderPlace = folderPlace;
            this.mainFile = mainFile;
            this.problems = problems;
        }

        /** The file of this location; empty when it may not be read or does not exist, which is then a finding. */
        Optional<ExternalFile> find(String location, String tensor) throws IOException {
            List<String> parts = new ArrayList<>(List.of(location.split("/", -1)));
            parts.removeIf("."::equals);
            String path = String.join("/", parts);
            if (location.indexOf('\\') >= 0
                    || DRIVE.matcher(location).matches()
                    || URL.matcher(location).matches()
                    || location.startsWith(MEMORY_ADDRESS)
                    || parts.isEmpty()
                    || parts.contains("")
                    || parts.contains("..")) {
                return unsafe(location, tensor);
            }
            if (path.equals(mainFile)) {
                return missing(tensor + " has external data in the model file itself", path, path);
            }
            try {
                return plainFile(path, parts, tensor);
            } catch (InvalidPathException e) {
                problems.add(
                        FindingId.MODEL_EXTERNAL,
                        tensor + " has external data in a file that this system cannot name",
                        "a name in the system's character set",
                        "'" + location + "'",
                        "Run Maven in a UTF-8 locale, for example with LC_ALL=C.UTF-8.");
                return Optional.empty();
            }
        }

        private Optional<ExternalFile> plainFile(String path, List<String> parts, String tensor) throws IOException {
            Path file = folder;
            String place = folderPlace;
            for (String part : parts) {
                file = file.resolve(part);
                place = place + "/" + part;
                if (Files.isSymbolicLink(file)) {
                    return link(tensor, place, "a symbolic link");
                }
            }
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return missing(tensor + " has external data in a file that does not exist", path, "no such file");
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return missing(tensor + " has external data in something that is not a file", path, "no plain file");
            }
            if (hardLinks(file) > 1) {
                return link(tensor, place, "a file with " + hardLinks(file) + " hard links");
            }
            return Optional.of(new ExternalFile(path, file, Files.size(file), place));
        }

        private static int hardLinks(Path file) throws IOException {
            if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                return 1;
            }
            return (int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        }

        private Optional<ExternalFile> unsafe(String location, String tensor) {
            problems.add(
                    FindingId.SAFE_PATH,
                    tensor + " has external data at an unsafe path",
                    "a path below the model's folder, with /",
                    "'" + location + "'",
                    "Do not use this model unless you know who made it; export it again with relative paths.");
            return Optional.empty();
        }

        private Optional<ExternalFile> link(String tensor, String place, String found) {
            problems.add(Finding.of(
                    FindingId.SAFE_LINK,
                    place,
                    tensor + " has external data behind a link",
                    "a plain file",
                    found,
                    "Copy the file to where the link is."));
            return Optional.empty();
        }

        private Optional<ExternalFile> missing(String message, String path, String found) {
            problems.add(
                    FindingId.MODEL_EXTERNAL,
                    message,
                    "the file " + path + " beside " + mainFile,
                    found,
                    "Copy the file to " + folderPlace + "/" + path + ".");
            return Optional.empty();
        }
    }
}
