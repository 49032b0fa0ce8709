package io.github.mlmaven.lock;

import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Digests of files that an earlier build read, in a text file: a line {@code SHA256 SIZE MODIFIED CHANGED KEY PATH} for
 * each, separated by tabs. It is a cache: what cannot be understood in it is left out, and builds that write it at the
 * same time lose nothing but each other's lines.
 *
 * @param file the text file
 */
record DigestMemory(Path file) {

    private static final long MAX_BYTES = 64 << 20;
    private static final Pattern LINE =
            Pattern.compile("([0-9a-f]{64})\t([0-9]{1,18})\t(-?[0-9]{1,19})\t(-?[0-9]{1,19})\t([0-9:]*)\t([^\t]+)");

    /** What is remembered, by absolute path. */
    static final class Content {

        private final Map<String, Line> lines = new TreeMap<>();

        static Content empty() {
            return new Content();
        }

        /** The digest of a file that is as it was. */
        Optional<Digest> digest(Path file) throws IOException {
            Line line = lines.get(name(file));
            return line != null && line.identity.equals(FileIdentity.of(file))
                    ? Optional.of(line.digest)
                    : Optional.empty();
        }

        void put(Path file, FileIdentity identity, Digest digest) {
            lines.put(name(file), new Line(identity, digest));
        }

        private static String name(Path file) {
            return file.toAbsolutePath().normalize().toString();
        }
    }

    private record Line(FileIdentity identity, Digest digest) {}

    /** What an earlier build left; nothing if there is no file or it is no such file. */
    Content read() {
        Content content = new Content();
        try {
            read(content);
        } catch (IOException e) {
            // It cannot be read, and so everything else is.
        }
        return content;
    }

    private void read(Content content) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            return;
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        text.lines().map(LINE::matcher).filter(Matcher::matches).forEach(line -> parse(line, content));
    }

    private static void parse(Matcher line, Content content) {
        try {
            FileIdentity identity = new FileIdentity(
                    Long.parseLong(line.group(2)),
                    Long.parseLong(line.group(3)),
                    Long.parseLong(line.group(4)),
                    line.group(5));
            Path path = Path.of(line.group(6));
            content.lines.put(path.toString(), new Line(identity, new Digest(line.group(1))));
        } catch (IllegalArgumentException e) {
            // More digits than a time has, or no path: nobody of ours wrote that line.
        }
    }

    /** Writes everything whole or not at all; files that are gone are forgotten. */
    void write(Content content) throws IOException {
        List<String> lines = new ArrayList<>();
        content.lines.forEach((name, line) -> {
            if (name.matches("[^\t\n\r]+") && Files.exists(Path.of(name))) {
                FileIdentity identity = line.identity;
                lines.add(String.join(
                        "\t",
                        line.digest.hex(),
                        String.valueOf(identity.size()),
                        String.valueOf(identity.modified()),
                        String.valueOf(identity.changed()),
                        identity.key(),
                        name));
            }
        });
        String text = String.join("\n", lines) + "\n";
        WholeFile.write(file, text);
    }
}
