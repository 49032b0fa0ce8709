package io.github.mlmaven.verify.golden;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Reads a {@code CASE.json}: the inputs of an Open Inference Protocol request beside the outputs of its reply. */
final class JsonCaseReader {

    private JsonCaseReader() {}

    static void read(GoldenFiles files, String name, CaseDraft draft) {
        files.read(name, draft).ifPresent(content -> {
            draft.file(content.file());
            read(content.bytes(), draft);
        });
    }

    private static void read(byte[] document, CaseDraft draft) {
        try {
            List<Tensor> inputs = InferenceJson.tensors(document, "inputs");
            List<Tensor> outputs =
                    InferenceJson.tensorsIfPresent(document, "outputs").orElse(List.of());
            inputs.forEach(tensor -> draft.input(tensor, draft.place()));
            outputs.forEach(tensor -> draft.output(tensor, draft.place()));
            recordedBy(document).ifPresent(draft::recordedBy);
        } catch (TensorFormatException e) {
            draft.problem(GoldenFiles.invalid(
                    draft.place(),
                    "the case is not in Open Inference Protocol form",
                    "an object with inputs and outputs, each a list of tensors with name, datatype, shape and data",
                    String.valueOf(e.getMessage()),
                    "Correct the file; the reply of a served model beside its request's inputs is such a case."));
        }
    }

    private static Optional<String> recordedBy(byte[] document) throws TensorFormatException {
        Optional<String> engine = Optional.empty();
        try (JsonParser json = JsonText.of(document).parser()) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean parameters = json.currentName().equals("parameters");
                if (json.nextToken() == JsonToken.START_OBJECT && parameters) {
                    engine = engineIn(json);
                } else {
                    json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
        return engine;
    }

    private static Optional<String> engineIn(JsonParser json) throws IOException {
        Optional<String> engine = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = json.currentName().equals(RecordedBy.PARAMETER);
            if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
                engine = RecordedBy.inParameter(json.getText());
            } else {
                json.skipChildren();
            }
        }
        return engine;
    }
}
