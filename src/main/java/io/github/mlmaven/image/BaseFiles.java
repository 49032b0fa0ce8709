package io.github.mlmaven.image;

import io.github.mlmaven.image.elf.GlibcVersion;
import io.github.mlmaven.image.layer.TarInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * The files of a base image by path, as a container would see them: upper layers replace and hide what is below (OCI
 * image specification, "Image Layer Filesystem Changeset"). Of their content, only what tells the versions of a Java and
 * of the C library is kept.
 */
final class BaseFiles {

    /** The file in the home of a Java that tells its version. */
    static final String RELEASE = "release";

    private static final String HIDES = ".wh.";
    private static final String HIDES_ALL = ".wh..wh..opq";
    private static final int MAX_TEXT = 1 << 16;
    private static final int MAX_LINKS = 40;

    private final NavigableMap<String, Node> nodes = new TreeMap<>();

    private sealed interface Node {
        record Plain(String text) implements Node {}

        record Link(String target) implements Node {}
    }

    /** Puts a layer on top; leaves the stream open. */
    @SuppressWarnings("resource") // The layer's stream is the caller's.
    void add(InputStream layer) throws IOException {
        TarInput tar = new TarInput(layer);
        // What a layer hides is below it, wherever in the layer that is said.
        Map<String, Node> upper = new TreeMap<>();
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            String path = absolute(entry.getName());
            String parent = path.substring(0, path.lastIndexOf('/') + 1);
            String name = path.substring(parent.length());
            if (name.equals(HIDES_ALL)) {
                below(parent).clear();
            } else if (name.startsWith(HIDES)) {
                remove(parent + name.substring(HIDES.length()));
            } else if (entry.isSymbolicLink()) {
                remove(path);
                upper.put(path, new Node.Link(entry.getLinkName()));
            } else if (entry.isLink()) {
                remove(path);
                upper.put(path, new Node.Link(absolute(entry.getLinkName())));
            } else if (entry.isFile()) {
                remove(path);
                upper.put(path, new Node.Plain(text(name, tar)));
            } else {
                nodes.remove(path);
            }
        }
        nodes.putAll(upper);
    }

    private static String text(String name, InputStream content) throws IOException {
        if (name.equals(RELEASE)) {
            return new String(content.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
        }
        // libc.so.6, which in older systems is a link to libc-2.31.so.
        return name.equals("libc.so.6") || (name.startsWith("libc-2.") && name.endsWith(".so"))
                ? GlibcVersion.latest(content).map(GlibcVersion::symbol).orElse("")
                : "";
    }

    /** Where a path leads after every link, if there is a file. */
    Optional<String> resolve(String path) {
        Deque<String> rest = new ArrayDeque<>(Arrays.asList(path.split("/", -1)));
        String at = "";
        int links = 0;
        while (!rest.isEmpty()) {
            String part = rest.pop();
            if (part.equals("..")) {
                at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
            } else if (!part.isEmpty() && !part.equals(".")) {
                String next = at + "/" + part;
                if (!(nodes.get(next) instanceof Node.Link link)) {
                    at = next;
                } else if (++links > MAX_LINKS) {
                    return Optional.empty();
                } else {
                    at = link.target().startsWith("/") ? "" : at;
                    String[] target = link.target().split("/", -1);
                    for (int i = target.length - 1; i >= 0; i--) {
                        rest.push(target[i]);
                    }
                }
            }
        }
        return nodes.containsKey(at) ? Optional.of(at) : Optional.empty();
    }

    /** The text of a file named {@value #RELEASE}, or the newest version of the symbols of a C library. */
    Optional<String> text(String path) {
        return resolve(path)
                .map(nodes::get)
                .filter(Node.Plain.class::isInstance)
                .map(node -> ((Node.Plain) node).text());
    }

    private void remove(String path) {
        nodes.remove(path);
        below(path + "/").clear();
    }

    /** All that is in a folder, at any depth. */
    private NavigableMap<String, Node> below(String folder) {
        // The next character after the slash that ends it.
        return nodes.subMap(folder, true, folder.substring(0, folder.length() - 1) + "0", false);
    }

    private static String absolute(String name) {
        String path = name.startsWith("./") ? name.substring(2) : name;
        path = path.startsWith("/") ? path : "/" + path;
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
