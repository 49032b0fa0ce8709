package io.github.mlmaven.verify.golden;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The input example that MLflow's {@code log_model(…, input_example=…)} puts beside {@code MLmodel}: golden inputs
 * without outputs.
 */
final class MlflowExample {

    /** The case in the golden folder that has the outputs too, once they were recorded. */
    static final String RECORDED = "mlflow-input-example.json";

    private static final String NAME = "mlflow input example";
    private static final String FILE = "input_example.json";

    /** Larger ones would be large as a tree, too. */
    private static final long MAX_BYTES = 1 << 20;

    private MlflowExample() {}

    static GoldenData read(ModelSource source, Contract contract) {
        Path example = source.folder().resolve(FILE);
        if (!Files.isRegularFile(source.folder().resolve("MLmodel"))
                || !Files.exists(example, LinkOption.NOFOLLOW_LINKS)) {
            return new GoldenCollector().data();
        }
        return read(
                source.folder(),
                source.place(),
                contract,
                source.goldenFolder().resolve(RECORDED),
                source.goldenPlace() + "/" + RECORDED);
    }

    private static GoldenData read(Path folder, String place, Contract contract, Path recorded, String recordedPlace) {
        CaseDraft draft = new CaseDraft(NAME, place + "/" + FILE, contract);
        try {
            long size = Files.exists(folder.resolve(FILE)) ? Files.size(folder.resolve(FILE)) : 0;
            if (size > MAX_BYTES) {
                draft.problem(unusable(draft, "at most " + MAX_BYTES + " bytes", size + " bytes"));
            } else {
                new GoldenFiles(folder.toRealPath(), place)
                        .read(FILE, draft)
                        .ifPresent(content -> read(content.bytes(), contract, draft));
            }
        } catch (IOException | UncheckedIOException e) {
            draft.problem(GoldenFiles.unreadable(draft.place(), e));
        }
        GoldenCollector golden = new GoldenCollector();
        draft.finishExample(recorded, recordedPlace, golden);
        return golden.data();
    }

    private static void read(byte[] document, Contract contract, CaseDraft draft) {
        try {
            new ExampleTensors(contract)
                    .read(JsonTree.read(document))
                    .forEach(tensor -> draft.input(tensor, draft.place()));
        } catch (TensorFormatException e) {
            draft.problem(unusable(
                    draft,
                    "a value for each input of the model, as dataframe_split, inputs, instances, or plain lists",
                    String.valueOf(e.getMessage())));
        }
    }

    private static Finding unusable(CaseDraft draft, String expected, String found) {
        return GoldenFiles.invalid(
                draft.place(),
                "MLflow's input example cannot be used as golden inputs",
                expected,
                found,
                "Save the inputs as test_data_set_0/input_0.pb, or log the model with another example.");
    }
}
