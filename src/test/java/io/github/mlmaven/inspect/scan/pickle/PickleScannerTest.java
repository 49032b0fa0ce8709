package io.github.mlmaven.inspect.scan.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PickleScannerTest {

    private static final String PLACE = "src/main/model/model.bin: ";

    @TempDir
    private Path folder;

    private List<String> lines(byte[] pickle) throws IOException {
        return Verdicts.scan(folder, pickle).findings().stream()
                .map(Finding::line)
                .toList();
    }

    private static byte[] of(String name) {
        return PickleCorpus.all().stream()
                .filter(pickle -> pickle.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    @Test
    void anAttackIsToldWithWhatItImportsAndWhere() throws IOException {
        ScanResult result = Verdicts.scan(folder, HostileTricks.SYSTEM);

        assertThat(result.kind()).isEqualTo(Kind.UNSAFE);
        assertThat(lines(HostileTricks.SYSTEM))
                .containsExactly(
                        "ML-SAFE-MALICIOUS: " + PLACE + "loading it starts programs; expected globals that hold only"
                                + " data, found posix.system at byte 19. Do not load it anywhere, not even to convert"
                                + " it; ask where it comes from.",
                        "ML-SAFE-PICKLE: " + PLACE + "a pickle is an unsafe format: loading one can run any code;"
                                + " expected a format that holds only data, found a Python pickle, protocol 4. Do not"
                                + " load it anywhere, not even to convert it; ask where it comes from.");
    }

    @Test
    void aModelOfScikitLearnComesWithTheCommandThatConvertsIt() throws IOException {
        assertThat(lines(of("a model of scikit-learn")))
                .containsExactly(
                        "ML-SAFE-PICKLE: " + PLACE + "a pickle is an unsafe format: loading one can run any code;"
                                + " expected a format that holds only data, found a Python pickle, protocol 4. Convert"
                                + " it to ONNX where it was trained: pip install skl2onnx, then"
                                + " onnx.save(skl2onnx.to_onnx(model, X[:1]), \"model.onnx\").",
                        "ML-SAFE-IMPORT: " + PLACE + "it imports what is not known to hold only data; expected globals"
                                + " that docs/checks.md lists under ML-SAFE-IMPORT, found"
                                + " sklearn.linear_model._logistic.LogisticRegression at byte 56. Find out what these"
                                + " are before anybody loads it; classes of the library that trained the model are to"
                                + " be expected.");
    }

    @Test
    void otherModelsComeWithTheirOwnCommand() throws IOException {
        assertThat(lines(of("a model of XGBoost")).get(0))
                .endsWith("pip install onnxmltools, then onnx.save(onnxmltools.convert_xgboost(model,"
                        + " initial_types=...), \"model.onnx\").");
        assertThat(lines(of("a model of LightGBM")).get(0))
                .endsWith("pip install onnxmltools, then onnx.save(onnxmltools.convert_lightgbm(model,"
                        + " initial_types=...), \"model.onnx\").");
        assertThat(lines(of("a network of PyTorch")).get(0))
                .endsWith("Convert it to ONNX where it was trained: torch.onnx.export(model, (sample,),"
                        + " \"model.onnx\").");
        assertThat(lines(of("a dictionary in protocol 2")).get(0))
                .endsWith("Convert a model to ONNX where it was trained: skl2onnx.to_onnx for scikit-learn,"
                        + " torch.onnx.export for PyTorch, onnxmltools for XGBoost and LightGBM; save other data as"
                        + " JSON.");
    }

    @Test
    void aPickleThatBreaksOffSaysWhere() throws IOException {
        assertThat(lines(of("a pickle without its end")).get(1))
                .isEqualTo("ML-MODEL-TRUNCATED: " + PLACE + "the pickle breaks off; expected opcodes up to a STOP,"
                        + " found it ends before its STOP at byte 18. Restore it from its source, or save it again.");
        assertThat(lines(of("a pickle with something else inside")).get(1))
                .isEqualTo("ML-MODEL-CORRUPT: " + PLACE + "the pickle breaks off; expected opcodes up to a STOP,"
                        + " found no opcode is 255 at byte 18. Restore it from its source, or save it again.");
        assertThat(lines(of("a pickle with something behind it")).get(1))
                .isEqualTo("ML-MODEL-CORRUPT: " + PLACE + "something follows the pickle; expected nothing, or another"
                        + " pickle, found 2 bytes. Restore it from its source, or save it again.");
    }

    @Test
    void theFormatIsNamed() throws IOException {
        assertThat(Verdicts.scan(folder, of("a dictionary in protocol 0")).format())
                .isEqualTo("a Python pickle, protocol 0");
        assertThat(Verdicts.scan(folder, of("an array of joblib")).format())
                .isEqualTo("a file of joblib, which is a Python pickle");
        assertThat(Verdicts.scan(folder, of("a legacy file of PyTorch")).format())
                .isEqualTo("a legacy file of PyTorch, which is Python pickles");
    }

    @Test
    void imports2000ButNames20() throws IOException {
        PickleWriter many = PickleWriter.protocol(4);
        for (int i = 0; i < 2000; i++) {
            many.stackGlobal("acme", "c" + i).op(Opcode.POP);
        }

        String found = Verdicts.scan(folder, many.op(Opcode.NONE).stop())
                .findings()
                .get(1)
                .found()
                .orElseThrow();

        assertThat(found.split(", "))
                .hasSize(21)
                .startsWith("acme.c0 at byte 14")
                .endsWith("and more");
    }
}
