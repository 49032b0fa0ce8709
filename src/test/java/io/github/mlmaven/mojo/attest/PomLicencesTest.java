package io.github.mlmaven.mojo.attest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.report.bom.DeclaredLicence;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PomLicencesTest {

    private static final String MIT = "<licenses><license><name> MIT </name></license></licenses>";

    @TempDir
    Path folder;

    private PomLicences licences;

    @BeforeEach
    void lookIntoTheFolder() {
        licences = new PomLicences((groupId, artifactId, version) ->
                Optional.of(folder.resolve(artifactId + "-" + version + ".pom")).filter(Files::exists));
    }

    @Test
    void anArtifactsOwnLicencesCount() throws IOException {
        pom(
                "child",
                "<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version></parent>"
                        + "<licenses><license><name>EPL-2.0</name><url>https://epl.example</url></license>"
                        + "<license><name>${nothing}</name></license></licenses>");
        pom("parent", MIT);

        assertThat(licences.of("g", "child", "1"))
                .containsExactly(new DeclaredLicence(Optional.of("EPL-2.0"), Optional.of("https://epl.example")));
    }

    @Test
    void withoutItsOwnThoseOfAParentOfTheParentCount() throws IOException {
        pom("child", "<parent><groupId>g</groupId><artifactId>parent</artifactId><version>1</version></parent>");
        pom("parent", "<parent><groupId>g</groupId><artifactId>root</artifactId><version>1</version></parent>");
        pom("root", MIT);

        assertThat(licences.of("g", "child", "1")).isEqualTo(mit());
    }

    @Test
    void withoutAnyThereIsNone() throws IOException {
        pom("child", "<parent><groupId>g</groupId><artifactId>gone</artifactId><version>${v}</version></parent>");

        assertThat(licences.of("g", "child", "1")).isEmpty();
        assertThat(licences.of("g", "unknown", "1")).isEmpty();
    }

    @Test
    void parentsInACircleEnd() throws IOException {
        pom("child", "<parent><groupId>g</groupId><artifactId>child</artifactId><version>1</version></parent>");

        assertThat(licences.of("g", "child", "1")).isEmpty();
    }

    @Test
    void aPomWithADocumentTypeIsNotParsed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2");
        write(
                "child",
                "<?xml version=\"1.0\"?><!DOCTYPE project [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>"
                        + "<project><licenses><license><name>&x;</name></license></licenses></project>",
                StandardCharsets.UTF_8);

        assertThat(licences.of("g", "child", "1")).isEmpty();
    }

    @Test
    void aPomOfAnotherEncodingCannotHideADocumentType() throws IOException {
        write(
                "child",
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE project [<!ENTITY x \"y\">]>"
                        + "<project><licenses><license><name>&x;</name></license></licenses></project>",
                StandardCharsets.UTF_16);

        assertThat(licences.of("g", "child", "1")).isEmpty();
    }

    @Test
    void aPomOfLatin1IsRead() throws IOException {
        write(
                "child",
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><project><licenses><license>"
                        + "<name>Licence libre \u00e9tendue</name></license></licenses></project>",
                StandardCharsets.ISO_8859_1);

        assertThat(licences.of("g", "child", "1"))
                .containsExactly(new DeclaredLicence(Optional.of("Licence libre \u00e9tendue"), Optional.empty()));
    }

    @Test
    void whatIsNoPomDeclaresNone() throws IOException {
        write("child", "<project><licenses>", StandardCharsets.UTF_8);
        assertThat(licences.of("g", "child", "1")).isEmpty();

        write("child", " ".repeat((4 << 20) + 1), StandardCharsets.UTF_8);
        assertThat(licences.of("g", "child", "1")).isEmpty();
    }

    private static List<DeclaredLicence> mit() {
        return List.of(new DeclaredLicence(Optional.of("MIT"), Optional.empty()));
    }

    private void pom(String name, String content) throws IOException {
        write(name, "<project>" + content + "<artifactId>" + name + "</artifactId></project>", StandardCharsets.UTF_8);
    }

    private void write(String name, String xml, Charset charset) throws IOException {
        Files.write(folder.resolve(name + "-1.pom"), xml.getBytes(charset));
    }
}
