package io.github.mlmaven.verify.golden;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.TensorFormatException;
import java.util.function.BiConsumer;

/** Reads a {@code CASE.json}: the inputs of an Open Inference Protocol request beside the outputs of its reply. */
final class JsonCaseReader {

    private JsonCaseReader() {}

    static void read(GoldenFiles files, String name, CaseDraft draft) {
        files.read(name, draft).ifPresent(content -> {
            draft.file(content.file());
            read(content.bytes(), "inputs", draft, draft::input);
            read(content.bytes(), "outputs", draft, draft::output);
        });
    }

    private static void read(byte[] document, String field, CaseDraft draft, BiConsumer<Tensor, String> sink) {
        try {
            InferenceJson.tensors(document, field).forEach(tensor -> sink.accept(tensor, draft.place()));
        } catch (TensorFormatException e) {
            draft.problem(GoldenFiles.invalid(
                    draft.place(),
                    "the case is not in Open Inference Protocol form",
                    "an object with inputs and outputs, each a list of tensors with name, datatype, shape and data",
                    String.valueOf(e.getMessage()),
                    "Correct the file; the reply of a served model beside its request's inputs is such a case."));
        }
    }
}
