package io.github.mlmaven.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/** A model of which a byte is another than when it was verified, until it is closed. */
record ChangedModel(Path file, byte[] verified, byte[] changed) implements AutoCloseable {

    static ChangedModel in(Path project) throws IOException {
        Path file = project.resolve("src/main/model/model.onnx");
        byte[] verified = Files.readAllBytes(file);
        byte[] changed = verified.clone();
        changed[changed.length / 2]++;
        Files.write(file, changed);
        return new ChangedModel(file, verified, changed);
    }

    /** What whoever wants an image of it is told. */
    String refusal() {
        return "ML-IMAGE-CONTENT: src/main/model/model.onnx: the file changed after it was verified; expected sha256:"
                + DigestUtils.sha256Hex(verified) + ", found sha256:" + DigestUtils.sha256Hex(changed)
                + ". Build again without changing the model meanwhile.";
    }

    @Override
    public void close() throws IOException {
        Files.write(file, verified);
    }
}
