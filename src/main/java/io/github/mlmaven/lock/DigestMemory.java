package io.github.mlmaven.lock;

import io.github.mlmaven.files.FileIdentity;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Digests of files that an earlier build read, in a text file: a line {@code SHA256 SIZE MODIFIED CHANGED KEY PATH} for
 * each, separated by tabs. It is a cache: what cannot be understood in it is left out, and builds that write it at the
 * same time lose nothing but each other's lines.
 *
 * @param file the text file
 */
record DigestMemory(Path file) {

    private static final long MAX_BYTES = 64 << 20;
    private static final Pattern WRITABLE = Pattern.compile("[^\t\n\r]+");
    private static final String SEPARATOR = "\t";
    private static final int FIELDS = 6;
    private static final int PATH = 5;

    /** What is remembered, by absolute path. */
    static final class Content {

        /** As in the file: of thousands of lines a build wants a few hundred, and only those are parsed. */
        private final Map<String, String> lines = new TreeMap<>();

        static Content empty() {
            return new Content();
        }

        /** The digest of a file that is as it was. */
        Optional<Digest> digest(Path file) throws IOException {
            String line = lines.get(name(file));
            if (line == null) {
                return Optional.empty();
            }
            Optional<Line> known = Line.parse(line);
            return known.isPresent() && known.get().identity.equals(FileIdentity.of(file))
                    ? Optional.of(known.get().digest)
                    : Optional.empty();
        }

        void put(Path file, FileIdentity identity, Digest digest) {
            String name = name(file);
            if (WRITABLE.matcher(name).matches()) {
                lines.put(name, new Line(identity, digest).text(name));
            }
        }

        private static String name(Path file) {
            return file.toAbsolutePath().normalize().toString();
        }
    }

    private record Line(FileIdentity identity, Digest digest) {

        static Optional<Line> parse(String line) {
            String[] fields = line.split(SEPARATOR, FIELDS);
            try {
                FileIdentity identity = new FileIdentity(
                        Long.parseLong(fields[1]), Long.parseLong(fields[2]), Long.parseLong(fields[3]), fields[4]);
                return Optional.of(new Line(identity, new Digest(fields[0])));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return Optional.empty(); // nobody of ours wrote that line
            }
        }

        String text(String name) {
            return String.join(
                    SEPARATOR,
                    digest.hex(),
                    String.valueOf(identity.size()),
                    String.valueOf(identity.modified()),
                    String.valueOf(identity.changed()),
                    identity.key(),
                    name);
        }
    }

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
        WholeFile.lines(file, MAX_BYTES).forEach(line -> {
            String[] fields = line.split(SEPARATOR, FIELDS);
            if (fields.length == FIELDS) {
                content.lines.put(fields[PATH], line);
            }
        });
    }

    /** Writes everything whole or not at all; files that are gone are forgotten. */
    void write(Content content) throws IOException {
        String text = content.lines.entrySet().stream()
                .filter(line -> Line.parse(line.getValue()).isPresent() && exists(line.getKey()))
                .map(line -> line.getValue() + "\n")
                .collect(Collectors.joining());
        WholeFile.write(file, text);
    }

    private static boolean exists(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
