package io.github.mlmaven.report.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The commit that is checked out, out of Git's own files and without Git. What cannot be read, or is kept in another
 * form (reftable), is not known: nothing is guessed.
 *
 * @see <a href="https://git-scm.com/docs/gitrepository-layout">The layout of a repository</a>
 */
public final class GitHead {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern REF = Pattern.compile("refs/[^\\s\\\\:?*\\[~^]+");
    private static final String SYMBOLIC = "ref: ";
    private static final String GIT_FOLDER = "gitdir: ";
    private static final int FOLDERS_UP = 64;
    private static final int SYMBOLIC_LINKS = 5;
    private static final int SMALL = 4096;
    private static final int PACKED = 32 << 20;

    private final Path own;
    private final Path common;

    private GitHead(Path own, Path common) {
        this.own = own;
        this.common = common;
    }

    /** The hash of the commit that a folder is checked out from, the folder itself or one above it. */
    public static Optional<String> of(Path folder) {
        Path candidate = folder.toAbsolutePath().normalize();
        for (int i = 0; i < FOLDERS_UP && candidate != null; i++) {
            Path git = candidate.resolve(".git");
            if (Files.exists(git)) {
                return repository(git).flatMap(repository -> repository.resolve("HEAD"));
            }
            candidate = candidate.getParent();
        }
        return Optional.empty();
    }

    /** A folder; or, in a worktree or submodule, a file that names one, which may share refs with another. */
    private static Optional<GitHead> repository(Path git) {
        Optional<Path> own = Files.isDirectory(git)
                ? Optional.of(git)
                : text(git, SMALL)
                        .filter(text -> text.startsWith(GIT_FOLDER))
                        .flatMap(text -> path(git.resolveSibling(""), text.substring(GIT_FOLDER.length())));
        return own.map(folder -> new GitHead(
                folder,
                text(folder.resolve("commondir"), SMALL)
                        .flatMap(text -> path(folder, text))
                        .orElse(folder)));
    }

    private Optional<String> resolve(String name) {
        String ref = name;
        for (int i = 0; i < SYMBOLIC_LINKS; i++) {
            Optional<String> value = value(ref);
            if (value.isEmpty() || !value.get().startsWith(SYMBOLIC)) {
                return value.filter(text -> COMMIT.matcher(text).matches());
            }
            ref = value.get().substring(SYMBOLIC.length()).strip();
            if (!REF.matcher(ref).matches() || ref.contains("..")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<String> value(String ref) {
        return Stream.of(own, common)
                .flatMap(folder -> text(folder.resolve(ref), SMALL).stream())
                .findFirst()
                .or(() -> packed(ref));
    }

    private Optional<String> packed(String ref) {
        return text(common.resolve("packed-refs"), PACKED)
                .flatMap(text -> text.lines()
                        .filter(line -> line.endsWith(" " + ref))
                        .map(line -> line.substring(0, line.length() - ref.length() - 1))
                        .findFirst());
    }

    private static Optional<Path> path(Path from, String text) {
        try {
            return Optional.of(from.resolve(text.strip()).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** A small file's text without the line's end; empty when it is none, too large, or not readable. */
    private static Optional<String> text(Path file, int limit) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length > limit
                    ? Optional.empty()
                    : Optional.of(new String(bytes, StandardCharsets.UTF_8).stripTrailing());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
