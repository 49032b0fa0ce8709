package io.github.mlmaven.serving.protocol.tabular;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.model.json.TensorJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What SageMaker asks of a container besides predictions. */
public final class SageMakerDocuments {

    private SageMakerDocuments() {}

    /** What a batch transform job may send at once; a record is whatever the job splits its files into. */
    public static byte[] executionParameters(int concurrent, long payloadMebibytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = TensorJson.factory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("MaxConcurrentTransforms", concurrent);
            json.writeStringField("BatchStrategy", "MULTI_RECORD");
            json.writeNumberField("MaxPayloadInMB", payloadMebibytes);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
