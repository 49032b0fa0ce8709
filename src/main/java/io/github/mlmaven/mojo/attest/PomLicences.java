package io.github.mlmaven.mojo.attest;

import io.github.mlmaven.report.bom.DeclaredLicence;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.model.License;
import org.apache.maven.model.Model;
import org.apache.maven.model.Parent;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.jspecify.annotations.Nullable;

/**
 * The licences that poms declare: an artifact's own, else its parent's. Poms are somebody else's files: what is too
 * large, is no pom, or has a document type, through which XML reaches for other files, declares none.
 *
 * @param poms where poms are
 */
record PomLicences(PomFiles poms) {

    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_PARENTS = 32;

    /** The licences of an artifact, in the pom's order. */
    List<DeclaredLicence> of(String groupId, String artifactId, String version) {
        Optional<Model> pom = read(groupId, artifactId, version);
        for (int i = 0; i < MAX_PARENTS && pom.isPresent(); i++) {
            List<DeclaredLicence> licences = declared(pom.get().getLicenses());
            if (!licences.isEmpty()) {
                return licences;
            }
            Parent parent = pom.get().getParent();
            pom = parent == null
                    ? Optional.empty()
                    : read(parent.getGroupId(), parent.getArtifactId(), parent.getVersion());
        }
        return List.of();
    }

    /** Maven's licences as reports take them. */
    static List<DeclaredLicence> declared(List<License> licences) {
        return licences.stream()
                .map(licence -> new DeclaredLicence(text(licence.getName()), text(licence.getUrl())))
                .filter(licence -> licence.name().isPresent() || licence.url().isPresent())
                .toList();
    }

    private Optional<Model> read(@Nullable String groupId, @Nullable String artifactId, @Nullable String version) {
        return text(groupId)
                .flatMap(group ->
                        text(artifactId).flatMap(artifact -> text(version).flatMap(v -> poms.find(group, artifact, v))))
                .flatMap(PomLicences::parse);
    }

    private static Optional<Model> parse(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            String xml = decode(bytes);
            // What is looked for here and what is parsed is the same text, whatever encoding the file claims.
            if (bytes.length > MAX_BYTES || xml.contains("<!DOCTYPE") || xml.contains("<!ENTITY")) {
                return Optional.empty();
            }
            return Optional.of(new MavenXpp3Reader().read(new StringReader(xml), false));
        } catch (IOException | XmlPullParserException e) {
            return Optional.empty();
        }
    }

    private static String decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    /** A text that is there, and that no property of the pom is part of. */
    private static Optional<String> text(@Nullable String text) {
        return Optional.ofNullable(text).map(String::strip).filter(value -> !value.isEmpty() && !value.contains("${"));
    }
}
