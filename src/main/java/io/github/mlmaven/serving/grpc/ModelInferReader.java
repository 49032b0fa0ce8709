package io.github.mlmaven.serving.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest;
import io.github.mlmaven.serving.grpc.wire.ModelInferRequest.InferRequestedOutputTensor;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import io.github.mlmaven.serving.protocol.RawElements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a ModelInferRequest field by field: raw contents become views of the message, other contents go straight into
 * the memory of tensors. The generated class would make objects of everything first, and of a hostile message several
 * times its size.
 */
final class ModelInferReader {

    private static final int MAX_TENSORS = 1 << 14;

    private final List<WireTensor> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final List<ByteString> raw = new ArrayList<>();
    private String model = "";
    private String version = "";
    private String id = "";

    private ModelInferReader() {}

    /** Reads all but the elements, which stay in the message. */
    static ModelInferReader read(CodedInputStream in) throws TensorFormatException {
        ModelInferReader reader = new ModelInferReader();
        try {
            reader.fields(in);
        } catch (TensorFormatException e) {
            throw e;
        } catch (IOException e) {
            throw new TensorFormatException("the message is not a ModelInferRequest: " + e.getMessage(), e);
        }
        return reader;
    }

    String model() {
        return model;
    }

    /** Empty for the one that is served. */
    String version() {
        return version;
    }

    /** Whether inputs are raw, as the reply's outputs are to be then. */
    boolean isRaw() {
        return !raw.isEmpty();
    }

    /** The request, with tensors in this memory or in the message. */
    InferenceRequest request(ElementMemory memory) throws TensorFormatException {
        if (isRaw() && raw.size() != inputs.size()) {
            throw new TensorFormatException("raw_input_contents: expected one for each of the " + inputs.size()
                    + " inputs, found " + raw.size());
        }
        List<Tensor> tensors = new ArrayList<>(inputs.size());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            Tensor tensor = tensor(i, memory);
            if (!names.add(tensor.name())) {
                throw new TensorFormatException("input " + tensor.name() + " is given twice");
            }
            tensors.add(tensor);
        }
        return new InferenceRequest(id.isEmpty() ? Optional.empty() : Optional.of(id), tensors, outputs);
    }

    private Tensor tensor(int index, ElementMemory memory) throws TensorFormatException {
        WireTensor input = inputs.get(index);
        if (input.name().isEmpty()) {
            throw new TensorFormatException("inputs[" + index + "] has no name");
        }
        String label = "input " + input.name();
        Datatype datatype = input.datatype(label);
        if (!isRaw()) {
            return new Tensor(
                    input.name(),
                    datatype,
                    input.shape(),
                    new ContentsReader(label, datatype, input.shape(), input.contents()).read(memory));
        }
        if (input.contents().isPresent()) {
            throw new TensorFormatException(
                    label + " has contents, and the request has raw_input_contents: expected" + " one or the other");
        }
        ByteBuffer bytes = raw.get(index).asReadOnlyByteBuffer();
        RawElements.check(label, datatype, input.shape(), bytes);
        return new Tensor(input.name(), datatype, input.shape(), bytes);
    }

    private void fields(CodedInputStream in) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean known = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            switch (known ? WireFormat.getTagFieldNumber(tag) : 0) {
                case ModelInferRequest.MODEL_NAME_FIELD_NUMBER -> model = in.readStringRequireUtf8();
                case ModelInferRequest.MODEL_VERSION_FIELD_NUMBER -> version = in.readStringRequireUtf8();
                case ModelInferRequest.ID_FIELD_NUMBER -> id = in.readStringRequireUtf8();
                case ModelInferRequest.INPUTS_FIELD_NUMBER ->
                    inputs.add(WireTensor.read(next("inputs", inputs, in), inputs.size()));
                case ModelInferRequest.OUTPUTS_FIELD_NUMBER -> outputs.add(output(next("outputs", outputs, in)));
                case ModelInferRequest.RAW_INPUT_CONTENTS_FIELD_NUMBER -> {
                    bound("raw_input_contents", raw);
                    raw.add(in.readBytes());
                }
                default -> in.skipField(tag);
            }
        }
    }

    private static void bound(String field, List<?> list) throws TensorFormatException {
        if (list.size() == MAX_TENSORS) {
            throw new TensorFormatException(field + ": expected at most " + MAX_TENSORS);
        }
    }

    private static CodedInputStream next(String field, List<?> list, CodedInputStream in) throws IOException {
        bound(field, list);
        return WireTensor.nested(in.readBytes());
    }

    private String output(CodedInputStream in) throws IOException {
        String name = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == WireTensor.tag(InferRequestedOutputTensor.NAME_FIELD_NUMBER)) {
                name = in.readStringRequireUtf8();
            } else {
                in.skipField(tag);
            }
        }
        if (name.isEmpty()) {
            throw new TensorFormatException("outputs[" + outputs.size() + "] has no name");
        }
        return name;
    }
}
