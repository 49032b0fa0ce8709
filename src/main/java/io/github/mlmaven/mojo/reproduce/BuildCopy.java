package io.github.mlmaven.mojo.reproduce;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Copies what a build is made from, and nothing that it made. */
final class BuildCopy extends SimpleFileVisitor<Path> {

    /** Other than any that the originals have. */
    private static final FileTime TIME = FileTime.from(Instant.ofEpochSecond(1_000_000_000));

    private static final Set<String> VERSION_CONTROL = Set.of(".git", ".hg", ".svn", ".bzr", ".jj", "CVS", "_darcs");

    private final BuildRoot root;
    private final Path copy;
    private final List<Path> leftOut = new ArrayList<>();

    private BuildCopy(BuildRoot root, Path copy) {
        this.root = root;
        this.copy = copy;
    }

    /**
     * Copies a build.
     *
     * @return the links that were left out, because they lead out of it
     */
    static List<Path> copy(BuildRoot root, Path copy) throws IOException {
        BuildCopy visitor = new BuildCopy(root, copy);
        Files.walkFileTree(root.folder(), visitor);
        // So that no Maven looks for it further up, where the original is.
        Files.createDirectories(root.in(copy, root.top()).resolve(".mvn"));
        return visitor.leftOut;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        if (folder.startsWith(copy) || isBuilt(folder) || isVersionControl(folder)) {
            return FileVisitResult.SKIP_SUBTREE;
        }
        Files.createDirectories(root.in(copy, folder));
        return FileVisitResult.CONTINUE;
    }

    /** A package may be called target too: such a folder counts beside a pom only. */
    private boolean isBuilt(Path folder) {
        return root.outputs().contains(folder)
                || (folder.endsWith("target") && Files.exists(folder.resolveSibling("pom.xml")));
    }

    private static boolean isVersionControl(Path file) {
        Path name = file.getFileName();
        return name != null && VERSION_CONTROL.contains(name.toString());
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path target = root.in(copy, file);
        if (attributes.isSymbolicLink()) {
            link(file, target);
        } else if (attributes.isRegularFile() && !isVersionControl(file) && !isMavenConfig(file)) {
            copy(file, target);
        }
        return FileVisitResult.CONTINUE;
    }

    /** What it says has become settings of the session, and those are handed on. */
    private boolean isMavenConfig(Path file) {
        return file.equals(root.top().resolve(".mvn").resolve("maven.config"));
    }

    private static void copy(Path file, Path target) throws IOException {
        Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
        Files.setLastModifiedTime(target, TIME);
    }

    private void link(Path link, Path target) throws IOException {
        Path leadsTo = link.resolveSibling(Files.readSymbolicLink(link)).normalize();
        boolean inside = root.contains(leadsTo)
                && (!Files.exists(link)
                        || link.toRealPath().startsWith(root.folder().toRealPath()));
        if (inside) {
            Files.createSymbolicLink(
                    target, Objects.requireNonNull(target.getParent()).relativize(root.in(copy, leadsTo)));
        } else {
            leftOut.add(root.folder().relativize(link));
        }
    }
}
