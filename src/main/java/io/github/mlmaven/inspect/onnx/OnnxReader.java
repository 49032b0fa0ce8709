package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.FileContent;
import io.github.mlmaven.inspect.FormatReader;
import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.inspect.Reading;
import io.github.mlmaven.inspect.Sha256;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads ONNX models ({@code ModelProto} of onnx.proto), digesting the file as it goes. */
public final class OnnxReader implements FormatReader {

    static final String DEFAULT_DOMAIN = "ai.onnx";

    @Override
    public ModelFormat format() {
        return ModelFormat.ONNX;
    }

    @Override
    public String extension() {
        return ".onnx";
    }

    @Override
    public Reading read(ModelSource source, String mainFile) throws IOException {
        Path file = source.folder().resolve(mainFile);
        Problems problems = new Problems(source.place() + "/" + mainFile);
        long size = Files.size(file);
        if (size == 0) {
            return new Reading.Refused(List.of(Finding.of(
                    FindingId.MODEL_EMPTY,
                    problems.place(),
                    "the file is empty",
                    "an ONNX model",
                    "0 bytes",
                    "Export or copy the model again.")));
        }
        ExternalData externalData = new ExternalData(
                new ExternalFile.Finder(source.folder(), source.place(), mainFile, problems), problems);
        if (size > Limits.FILE_BYTES) {
            return new Reading.Refused(List.of(Finding.of(
                    FindingId.MODEL_LIMIT,
                    problems.place(),
                    "the file is larger than protobuf allows",
                    "at most " + Limits.FILE_BYTES + " bytes",
                    size + " bytes",
                    "Export the weights as external data.")));
        }
        try (DigestStream stream = new DigestStream(Files.newInputStream(file))) {
            ModelReader model = new ModelReader(new ProtoInput(stream, size), externalData, problems);
            model.read();
            Digest digest = stream.finish();
            if (stream.count() != size) {
                throw new IOException("it changed while it was read");
            }
            if (problems.isEmpty()) {
                return new Reading.Accepted(
                        files(source.folder(), new ModelFile(mainFile, size, digest), externalData), model.summary());
            }
            if (model.hasGraph()) {
                return new Reading.Refused(problems.findings());
            }
        } catch (MalformedProtoException e) {
            problems.addLast(Finding.of(
                    e.id(), problems.place(), e.problem(), e.expected(), e.found(), next(e.id(), problems.place())));
        }
        // Only now: what could be read as ONNX is ONNX, whatever its first bytes look like.
        Optional<Finding> other = FileContent.of(file).notThisFormat(problems.place(), "ONNX");
        return new Reading.Refused(other.map(List::of).orElseGet(problems::findings));
    }

    private static List<ModelFile> files(Path folder, ModelFile main, ExternalData externalData) throws IOException {
        List<ModelFile> files = new ArrayList<>(List.of(main));
        for (String path : externalData.paths()) {
            files.add(Sha256.of(folder, path));
        }
        return files;
    }

    private static String next(FindingId id, String place) {
        return switch (id) {
            case MODEL_TRUNCATED -> "Copy or download " + place + " again, to its end.";
            case MODEL_LIMIT -> "Models stay far below this limit: check where " + place + " comes from.";
            default -> "Restore " + place + " from its source, or export the model again.";
        };
    }
}
