package io.github.mlmaven.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineNativesTest {

    @TempDir
    Path folder;

    @Test
    void onlyThoseOfThePlatformAreToldByName() throws IOException {
        RuntimeArtifact engine = jar(
                "engine",
                "ai/onnxruntime/native/linux-x64/libz.so",
                "ai/onnxruntime/native/linux-x64/liba.so",
                "ai/onnxruntime/native/linux-x64/debug/liba.so",
                "ai/onnxruntime/native/linux-aarch64/liba.so",
                "ai/onnxruntime/OrtSession.class");
        RuntimeArtifact other = jar("other", "native/libb.so");

        assertThat(EngineNatives.of(List.of(other, engine), Platform.LINUX_AMD64))
                .containsExactly(
                        new NativeLibrary("liba.so", digest("ai/onnxruntime/native/linux-x64/liba.so"), engine),
                        new NativeLibrary("libz.so", digest("ai/onnxruntime/native/linux-x64/libz.so"), engine));
        assertThat(EngineNatives.of(List.of(other), Platform.LINUX_AMD64)).isEmpty();
    }

    /** A jar whose entries hold their own names. */
    private RuntimeArtifact jar(String name, String... entries) throws IOException {
        Path file = folder.resolve(name + ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes(StandardCharsets.UTF_8));
            }
        }
        return new RuntimeArtifact("com.acme", name, "1.0", "", file);
    }

    private static Digest digest(String content) {
        return new Digest(DigestUtils.sha256Hex(content));
    }
}
