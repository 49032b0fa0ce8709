package io.github.mlmaven.serving;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** ONNX Runtime's shared libraries for this machine, as an image carries them. */
final class Natives {

    private Natives() {}

    static Path unpack(Path folder) throws IOException {
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("amd64") ? "x64" : "aarch64";
        for (String library : List.of("libonnxruntime.so", "libonnxruntime4j_jni.so")) {
            String resource = "/ai/onnxruntime/native/linux-" + arch + "/" + library;
            try (InputStream in = Natives.class.getResourceAsStream(resource)) {
                Files.copy(in, folder.resolve(library));
            }
        }
        return folder;
    }
}
