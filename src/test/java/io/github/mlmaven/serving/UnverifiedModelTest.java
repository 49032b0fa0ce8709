package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is not what a build has verified is not loaded, and the old version goes on serving. */
class UnverifiedModelTest extends RepositoryServer {

    @Test
    void whatWasNotVerifiedIsNotServed() throws Exception {
        negate("2");
        Path model = repository.resolve("sign/2/model.onnx");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        assertThat(refused(LOAD))
                .startsWith("sign 2 was not loaded, 1 is served still: model sign: " + model + ": expected sha256:")
                .endsWith("; it is not the file that was verified");
        Files.write(model, new byte[3]);
        assertThat(refused(LOAD))
                .endsWith(": expected " + bytes.length + " bytes, found 3; it is not the file that was verified");
        assertThat(index("")).contains("\"state\":\"UNAVAILABLE\",\"reason\":\"model sign: " + model + ": expected ");
        Files.delete(model);
        assertThat(refused(LOAD)).endsWith(model + ": cannot be read: java.nio.file.NoSuchFileException: " + model);
        Files.createSymbolicLink(model, Files.write(folder.resolve("elsewhere.onnx"), bytes));
        assertThat(refused(LOAD)).endsWith(model + ": leads out of the models' folder");
        Files.delete(model);
        Files.createDirectory(model);
        assertThat(refused(LOAD)).endsWith(model + ": expected a file, found something else");
        assertThat(predict()).isEqualTo("1 [3.0]");
    }

    @Test
    void aDescriptorThatIsNotThisVersionsIsRefused() throws Exception {
        negate("2");
        Path descriptor = repository.resolve("sign/2/ml-model.json");
        String place = "sign 2 was not loaded, 1 is served still: model sign: " + descriptor + ": ";
        change(descriptor, text -> text.replace("\"version\" : \"2\"", "\"version\" : \"3\""));
        assertThat(refused(LOAD)).isEqualTo(place + "expected the descriptor of sign 2 alone, found that of sign 3");
        change(
                descriptor,
                text -> text.replace("\"version\" : \"3\"", "\"version\" : \"2\"")
                        .replace("FP32", "FP64"));
        assertThat(refused(LOAD))
                .isEqualTo("sign 2 was not loaded, 1 is served still: expected as input number 0 what the descriptor"
                        + " says, x FP64[N], found x FP32[N]");
        change(descriptor, text -> text.substring(0, 20));
        assertThat(refused(LOAD)).startsWith(place + "Unexpected end-of-input");
        change(descriptor, text -> "{\"descriptorVersion\":2}");
        assertThat(refused(LOAD)).isEqualTo(place + "descriptorVersion 1 expected, found 2 (line 1)");
        Files.delete(descriptor);
        assertAnswer(
                post(LOAD, "{\"parameters\":{\"version\":\"2\"}}"),
                404,
                "{\"error\":\"unknown version 2 of model" + " sign: the repository has 1\"}");
        assertThat(predict()).isEqualTo("1 [3.0]");
    }

    @Test
    void aFileThatIsNoModelLeavesTheOldOneServing() throws Exception {
        negate("2");
        Path model = repository.resolve("sign/2/model.onnx");
        Files.writeString(model, "no model at all");
        change(
                repository.resolve("sign/2/ml-model.json"),
                text -> text.replaceAll("\"size\" : \\d+", "\"size\" : 15")
                        .replaceAll("sha256:[0-9a-f]+", "sha256:" + sha256(model)));
        assertThat(refused(LOAD))
                .isEqualTo("sign 2 was not loaded, 1 is served still: ONNX Runtime does not load it: Load model from "
                        + model + " failed:Protobuf parsing failed.");
        assertThat(predict()).isEqualTo("1 [3.0]");
    }

    private static void change(Path file, UnaryOperator<String> change) throws IOException {
        String before = Files.readString(file);
        String after = change.apply(before);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(file, after);
    }

    private static String sha256(Path file) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String refused(String path) throws Exception {
        HttpResponse<String> reply = post(path, "{}");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(400);
        return reply.body().replaceAll("^\\{\"error\":\"(.*)\"}$", "$1");
    }
}
