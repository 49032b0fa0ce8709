package io.github.mlmaven.lock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;

/** A Maven repository of files, with artifacts of the group {@code com.acme.it}. */
record FileRepository(Path folder) {

    static final String GROUP = "com.acme.it";

    /** A pom without a body. */
    static final String NO_BODY = "";

    String url() {
        return folder.toUri().toString();
    }

    /** Publishes a released jar whose only entry holds the text; the same length of texts gives the same size. */
    void jar(String name, String version, String text, String body) throws IOException {
        byte[] jar = zip(text);
        write(name, version, name + "-" + version + ".jar", jar);
        pom(name, version, "jar", body);
    }

    /** Publishes a pom. */
    void pom(String name, String version, String packaging, String body) throws IOException {
        write(name, version, name + "-" + version + ".pom", pomText(name, version, packaging, body));
        versions(name);
    }

    /** Publishes one build of a snapshot, {@code 1-SNAPSHOT} with a time stamp and a number. */
    void snapshot(String name, String time, int build, String text) throws IOException {
        String version = "1-" + time + "-" + build;
        write(name, "1-SNAPSHOT", name + "-" + version + ".jar", zip(text));
        write(name, "1-SNAPSHOT", name + "-" + version + ".pom", pomText(name, "1-SNAPSHOT", "jar", NO_BODY));
        String updated = time.replace(".", "");
        String file = "<snapshotVersion><extension>%s</extension><value>" + version + "</value><updated>" + updated
                + "</updated></snapshotVersion>";
        write(name, "1-SNAPSHOT", "maven-metadata.xml", """
                <metadata modelVersion="1.1.0">
                  <groupId>%s</groupId><artifactId>%s</artifactId><version>1-SNAPSHOT</version>
                  <versioning>
                    <snapshot><timestamp>%s</timestamp><buildNumber>%d</buildNumber></snapshot>
                    <lastUpdated>%s</lastUpdated>
                    <snapshotVersions>%s%s</snapshotVersions>
                  </versioning>
                </metadata>
                """.formatted(
                        GROUP, name, time, build, updated, file.formatted("jar"), file.formatted("pom"))
                .getBytes(StandardCharsets.UTF_8));
    }

    /** A dependency for a pom. */
    static String dependency(String name, String version) {
        return dependency(name, version, NO_BODY);
    }

    /** A dependency for a pom, with more elements. */
    static String dependency(String name, String version, String more) {
        return "<dependency>" + coordinates(name, version) + more + "</dependency>";
    }

    static String coordinates(String name, String version) {
        return "<groupId>" + GROUP + "</groupId><artifactId>" + name + "</artifactId><version>" + version
                + "</version>";
    }

    /** The bytes of a jar with one entry. */
    static byte[] zip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("text.txt");
            entry.setTime(0);
            zip.putNextEntry(entry);
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] pomText(String name, String version, String packaging, String body) {
        return ("<project><modelVersion>4.0.0</modelVersion>" + coordinates(name, version) + "<packaging>" + packaging
                        + "</packaging>" + body + "</project>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The list of versions, which a range is resolved with. */
    private void versions(String name) throws IOException {
        try (Stream<Path> folders = Files.list(place(name))) {
            String versions = folders.filter(Files::isDirectory)
                    .map(version -> "<version>" + version.getFileName() + "</version>")
                    .sorted()
                    .collect(Collectors.joining());
            write(
                    name,
                    ".",
                    "maven-metadata.xml",
                    ("<metadata><groupId>" + GROUP + "</groupId><artifactId>" + name
                                    + "</artifactId><versioning><versions>" + versions
                                    + "</versions></versioning></metadata>")
                            .getBytes(StandardCharsets.UTF_8));
        }
    }

    private Path place(String name) {
        return folder.resolve(GROUP.replace('.', '/')).resolve(name);
    }

    /** With its checksum, without which Maven warns. */
    private void write(String name, String version, String file, byte[] content) throws IOException {
        Path target = place(name).resolve(version).resolve(file).normalize();
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.write(target, content);
        Files.writeString(target.resolveSibling(target.getFileName() + ".sha1"), DigestUtils.sha1Hex(content));
    }
}
