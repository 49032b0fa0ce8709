package io.github.mlmaven.serving.protocol.tabular;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementBuffer;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Requests in JSON: an object with the values in exactly one of the forms. */
public final class TabularDocuments {

    private TabularDocuments() {}

    /**
     * Reads a request; parameters and unknown fields are skipped.
     *
     * @param forms those that the protocol knows, in the order in which messages name them
     * @param contract of the model, which says what the values are
     * @param memory where the elements go
     * @throws TensorFormatException when it is not JSON, has none or several of the forms, or does not fit the contract
     */
    public static TabularRequest read(
            JsonText document, Set<TabularForm> forms, Contract contract, ElementMemory memory)
            throws TensorFormatException {
        document.requireUtf8();
        Optional<TabularRequest> request = Optional.empty();
        try (JsonParser json = document.parser()) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new TensorFormatException("expected a JSON object with " + expected(forms)
                        + (json.currentToken() == null ? ", found nothing" : ", found " + ElementBuffer.found(json)));
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                Optional<TabularForm> form = TabularForm.of(json.currentName()).filter(forms::contains);
                json.nextToken();
                if (form.isEmpty()) {
                    json.skipChildren();
                } else if (request.isPresent()) {
                    throw new TensorFormatException("expected " + expected(forms) + ", found \""
                            + request.get().form() + "\" and \"" + form.get() + '"');
                } else {
                    request = Optional.of(read(json, document, form.get(), contract, memory));
                }
            }
            if (json.nextToken() != null) {
                throw new TensorFormatException("expected nothing after the JSON object");
            }
        } catch (IOException e) {
            throw InferenceJson.asFormat(e);
        }
        return request.orElseThrow(() -> new TensorFormatException("expected " + expected(forms) + ", found none"));
    }

    private static TabularRequest read(
            JsonParser json, JsonText document, TabularForm form, Contract contract, ElementMemory memory)
            throws IOException {
        List<InputBuilder> inputs = InputBuilder.of(contract.inputs(), document.length(), memory);
        if (form != TabularForm.INPUTS) {
            InputBuilder.requireBatch(inputs);
        }
        List<Tensor> tensors = switch (form) {
            case DATAFRAME_SPLIT -> new DataFrames(document, inputs).split(json);
            case DATAFRAME_RECORDS -> new DataFrames(document, inputs).records(json);
            case INSTANCES -> new Instances(document, inputs).rows(json);
            case INPUTS -> new Instances(document, inputs).columns(json);
        };
        return new TabularRequest(tensors, form);
    }

    private static String expected(Set<TabularForm> forms) {
        return forms.size() == 1 ? TabularForm.fields(forms) : "exactly one of " + TabularForm.fields(forms);
    }
}
