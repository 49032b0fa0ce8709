package io.github.mlmaven.inspect.scan.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.onnx.Onnx;
import io.github.mlmaven.inspect.onnx.Proto;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.Scanned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxScannerTest {

    @TempDir
    Path folder;

    @Test
    void aModelIsRecognisedUnderAnyName() throws Exception {
        ScanResult result =
                Scanned.of(folder, "model.bin", Onnx.model(Onnx.graph()).toBytes());

        assertThat(result.kind()).isEqualTo(Kind.MODEL);
        assertThat(result.format()).isEqualTo("an ONNX model, IR version 8");
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void aRealModelIsRecognised() throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of("src/test/models/add-sub/model.onnx"));

        assertThat(Scanned.of(folder, "m", bytes).kind()).isEqualTo(Kind.MODEL);
    }

    @Test
    void aModelThatBreaksOffIsStillOne() throws Exception {
        byte[] bytes = Onnx.model(Onnx.graph()).toBytes();

        ScanResult result = Scanned.of(folder, "m", Arrays.copyOf(bytes, bytes.length - 20));

        assertThat(result.kind()).isEqualTo(Kind.MODEL);
        assertThat(Scanned.lines(result))
                .singleElement()
                .asString()
                .startsWith("ML-MODEL-TRUNCATED: m/m: it ends too early;");
    }

    @Test
    void otherProtobufIsNone() throws Exception {
        byte[] tensor = Onnx.tensor("x", 1, 5).bytes(9, new byte[20]).toBytes();
        byte[] savedModel = new Proto()
                .number(1, 1)
                .message(2, new Proto().text(1, "serve"))
                .toBytes();

        assertThat(Scanned.of(folder, "input_0.pb", tensor).kind()).isEqualTo(Kind.UNKNOWN);
        assertThat(Scanned.of(folder, "saved_model.pb", savedModel).kind()).isEqualTo(Kind.UNKNOWN);
    }
}
