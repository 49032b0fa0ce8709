package io.github.mlmaven.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The binary tensor data extension of the Open Inference Protocol, both ways. */
final class BinaryTensors {

    private static final String LENGTH = "Inference-Header-Content-Length";
    private static final ObjectMapper JSON = new ObjectMapper();

    private BinaryTensors() {}

    static Message request(String path, List<Tensor> inputs) {
        ObjectNode document = JSON.createObjectNode();
        document.putObject("parameters").put("binary_data_output", true);
        ArrayNode list = document.putArray("inputs");
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        for (Tensor input : inputs) {
            ObjectNode node = list.addObject();
            node.put("name", input.name()).put("datatype", input.datatype().name());
            ArrayNode shape = node.putArray("shape");
            for (long dimension : input.shape()) {
                shape.add(dimension);
            }
            byte[] data = new byte[input.data().remaining()];
            input.data().get(data);
            raw.writeBytes(data);
            node.putObject("parameters").put("binary_data_size", data.length);
        }
        byte[] header = document.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(header);
        body.writeBytes(raw.toByteArray());
        return new Message(
                path,
                Map.of("Content-Type", "application/octet-stream", LENGTH, String.valueOf(header.length)),
                body.toByteArray());
    }

    static List<Tensor> outputs(Message reply) throws IOException {
        String length = reply.headers().get(LENGTH.toLowerCase(java.util.Locale.ROOT));
        if (length == null) {
            throw new IOException("the reply has no " + LENGTH);
        }
        JsonNode document = JSON.readTree(reply.body(), 0, Integer.parseInt(length));
        ByteBuffer raw =
                ByteBuffer.wrap(reply.body()).position(Integer.parseInt(length)).slice();
        List<Tensor> outputs = new ArrayList<>();
        for (JsonNode output : document.path("outputs")) {
            int size = output.path("parameters").path("binary_data_size").asInt();
            long[] shape = StreamSupport.stream(output.path("shape").spliterator(), false)
                    .mapToLong(JsonNode::asLong)
                    .toArray();
            outputs.add(new Tensor(
                    output.path("name").asText(),
                    Datatype.valueOf(output.path("datatype").asText()),
                    shape,
                    raw.slice(raw.position(), size)));
            raw.position(raw.position() + size);
        }
        return outputs;
    }
}
