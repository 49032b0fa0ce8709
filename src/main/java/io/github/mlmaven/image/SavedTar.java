package io.github.mlmaven.image;

import io.github.mlmaven.image.layer.TarInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** A tar that somebody else wrote. It is gone through for each file anew, so that nothing of it is held in memory. */
final class SavedTar {

    /** Docker saves an image of at most 127 layers, with some files for each. */
    private static final int MAX_ENTRIES = 10_000;

    /** A layer that an image has twice is a link from the second one. */
    private static final int MAX_LINKS = 8;

    private static final int BUFFER = 1 << 16;

    private final Path file;

    SavedTar(Path file) {
        this.file = file;
    }

    /** Why it cannot be gone through to its end, if so. */
    Optional<String> broken() throws IOException {
        String last = "";
        int entries = 0;
        // Opened outside, as a file that cannot be read at all is no broken tar.
        try (InputStream in = Files.newInputStream(file)) {
            try (TarArchiveInputStream tar = tar(in)) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    last = entry.getName();
                    if (++entries > MAX_ENTRIES) {
                        return Optional.of("a tar of more than " + MAX_ENTRIES + " entries");
                    }
                }
            } catch (IOException e) {
                return Optional.of(last.isEmpty() ? "no tar" : "a tar that is cut off in or after " + last);
            }
        }
        return entries == 0 ? Optional.of("no tar") : Optional.empty();
    }

    /** A text in it, if it is there and no longer than that. */
    Optional<byte[]> text(String name, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                TarArchiveInputStream tar = tar(in)) {
            if (!find(tar, name)) {
                return Optional.empty();
            }
            byte[] text = tar.readNBytes(limit + 1);
            return text.length > limit ? Optional.empty() : Optional.of(text);
        }
    }

    /** Opens a file in it, without the compression that it may have, if it is there. */
    Optional<InputStream> open(String name) throws IOException {
        String path = name;
        for (int links = 0; links <= MAX_LINKS; links++) {
            TarArchiveInputStream tar = tar(Files.newInputStream(file));
            boolean handedOver = false;
            try {
                if (!find(tar, path)) {
                    return Optional.empty();
                }
                TarArchiveEntry entry = tar.getCurrentEntry();
                if (!entry.isSymbolicLink() && !entry.isLink()) {
                    InputStream plain = plain(tar);
                    handedOver = true;
                    return Optional.of(plain);
                }
                path = entry.isLink() ? entry.getLinkName() : target(path, entry.getLinkName());
            } finally {
                if (!handedOver) {
                    tar.close();
                }
            }
        }
        return Optional.empty();
    }

    private static InputStream plain(InputStream layer) throws IOException {
        BufferedInputStream in = new BufferedInputStream(layer, BUFFER);
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in, BUFFER) : in;
    }

    /** Where a link leads, as a name in the tar; names are anything, so that they are no paths of this machine. */
    private static String target(String path, String link) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (path + "/../" + link).split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    private static boolean find(TarArchiveInputStream tar, String name) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String own = entry.getName();
            if (own.equals(name) || own.equals("./" + name)) {
                return !entry.isDirectory();
            }
        }
        return false;
    }

    private static TarArchiveInputStream tar(InputStream in) {
        return new TarInput(in);
    }
}
