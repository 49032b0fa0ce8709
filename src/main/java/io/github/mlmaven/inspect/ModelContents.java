package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What lies in a model's folder, seen from the model that the engine opens. */
final class ModelContents {

    private final ModelSource source;
    private final List<ScanResult> scanned;

    ModelContents(ModelSource source, List<ScanResult> scanned) {
        this.source = source;
        this.scanned = scanned;
    }

    /** With the model's own files as what they are: raw weights cannot be recognised without it. */
    List<ScanResult> withModel(List<ModelFile> model) {
        Map<String, String> formats = new HashMap<>();
        String main = model.get(0).path();
        model.forEach(file -> formats.put(place(file.path()), "external data of " + main));
        formats.put(place(main), "an ONNX model");
        List<ScanResult> known = new ArrayList<>();
        for (ScanResult result : scanned) {
            String format = formats.get(result.place());
            if (format == null) {
                known.add(unserved(result));
            } else if (result.kind() == Kind.UNKNOWN && isOnlyUnknown(result)) {
                Kind kind = result.place().equals(place(main)) ? Kind.MODEL : Kind.DATA;
                known.add(new ScanResult(result.place(), result.size(), kind, format, List.of(), List.of()));
            } else {
                known.add(result);
            }
        }
        return known;
    }

    /** The model's own files, then the plain data that goes with it. */
    List<ModelFile> files(List<ModelFile> model) throws IOException {
        List<ModelFile> files = new ArrayList<>(model);
        List<String> own = model.stream().map(ModelFile::path).toList();
        String folder = source.place() + "/";
        for (ScanResult result : scanned) {
            String path = result.place().substring(folder.length());
            boolean data = result.kind() == Kind.DATA && result.findings().isEmpty();
            // Of a link to a folder, what is in the folder goes along by itself.
            boolean file = Files.isRegularFile(source.folder().resolve(path));
            if (data && file && !own.contains(path) && !isHidden(path)) {
                files.add(Sha256.of(source.folder(), path));
            }
        }
        return files;
    }

    private static boolean isHidden(String path) {
        return path.startsWith(".") || path.contains("/.");
    }

    private static boolean isOnlyUnknown(ScanResult result) {
        return result.findings().stream().allMatch(finding -> finding.id() == FindingId.SAFE_UNKNOWN);
    }

    /** A second model of a format that could be served. */
    private ScanResult unserved(ScanResult result) {
        if (result.kind() != Kind.MODEL || !result.findings().isEmpty()) {
            return result;
        }
        Finding finding = Finding.of(
                FindingId.MODEL_UNSERVED,
                result.place(),
                "it is a model, but not the one that is served",
                "one model in " + source.place(),
                result.format(),
                "Give it a folder of its own beside the other, or remove it.");
        return new ScanResult(
                result.place(), result.size(), result.kind(), result.format(), List.of(finding), result.contents());
    }

    private String place(String path) {
        return source.place() + "/" + path;
    }
}
