package io.github.mlmaven.verify.golden;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.inspect.onnx.TensorProtoReader;
import io.github.mlmaven.inspect.onnx.TensorProtoWriter;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.TensorJson;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives a case the outputs that an engine gave, marked as such; all of them, or none when anything fails. */
public final class CaseWriter {

    /** Writes one file's content. */
    @FunctionalInterface
    private interface Content {
        void write(OutputStream out) throws IOException;
    }

    private final Map<Path, Path> wholeByTarget = new LinkedHashMap<>();

    private CaseWriter() {}

    /**
     * Writes the outputs beside the inputs.
     *
     * @param outputs in the order of the model's contract
     * @param engine its name and version
     * @throws io.github.mlmaven.model.json.TensorFormatException when JSON cannot carry an output
     */
    public static void write(UnrecordedCase unrecorded, List<Tensor> outputs, String engine) throws IOException {
        CaseWriter writer = new CaseWriter();
        try {
            writer.prepare(unrecorded, outputs, engine);
            writer.move();
        } finally {
            for (Path whole : writer.wholeByTarget.values()) {
                Files.deleteIfExists(whole);
            }
        }
    }

    private void prepare(UnrecordedCase unrecorded, List<Tensor> outputs, String engine) throws IOException {
        Path target = unrecorded.target();
        if (Files.isDirectory(target)) {
            for (int i = 0; i < outputs.size(); i++) {
                Tensor output = outputs.get(i);
                prepare(
                        target.resolve("output_" + i + ".pb"),
                        out -> TensorProtoWriter.write(out, output, RecordedBy.documentation(engine)));
            }
        } else {
            Files.createDirectories(target.resolveSibling(""));
            prepare(
                    Files.exists(target) ? target.toRealPath() : target,
                    out -> json(out, unrecorded.golden().inputs(), outputs, engine));
        }
    }

    private void prepare(Path target, Content content) throws IOException {
        Path whole = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        wholeByTarget.put(target, whole);
        try (OutputStream out = Files.newOutputStream(whole, StandardOpenOption.CREATE_NEW)) {
            content.write(out);
        }
        long size = Files.size(whole);
        if (size > TensorProtoReader.MAX_BYTES) {
            throw new IOException(target.getFileName() + " would have " + size
                    + " bytes, and golden files have at most " + TensorProtoReader.MAX_BYTES);
        }
    }

    private void move() throws IOException {
        List<Path> moved = new ArrayList<>();
        try {
            for (Map.Entry<Path, Path> file : wholeByTarget.entrySet()) {
                boolean isNew = Files.notExists(file.getKey());
                Files.move(file.getValue(), file.getKey(), StandardCopyOption.REPLACE_EXISTING);
                if (isNew) {
                    moved.add(file.getKey());
                }
            }
        } catch (IOException e) {
            for (Path file : moved) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    /** The form of a case, one document: the request's inputs, the reply's outputs, and where those come from. */
    private static void json(OutputStream out, List<Tensor> inputs, List<Tensor> outputs, String engine)
            throws IOException {
        try (JsonGenerator json = TensorJson.factory().createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeObjectFieldStart("parameters");
            json.writeStringField(RecordedBy.PARAMETER, engine);
            json.writeEndObject();
            tensors(json, "inputs", inputs);
            tensors(json, "outputs", outputs);
            json.writeEndObject();
        }
        out.write("\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static void tensors(JsonGenerator json, String field, List<Tensor> tensors) throws IOException {
        json.writeArrayFieldStart(field);
        for (Tensor tensor : tensors) {
            TensorJson.write(json, tensor);
        }
        json.writeEndArray();
    }
}
