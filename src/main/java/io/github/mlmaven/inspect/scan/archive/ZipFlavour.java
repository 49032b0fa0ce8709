package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a zip archive is for, by the names in it. */
enum ZipFlavour {
    /** https://pytorch.org/docs/stable/package.html: modules that are imported when the model is. */
    PACKAGE("a PyTorch package", Kind.UNSAFE),
    /** https://pytorch.org/docs/stable/jit.html: code for an interpreter of its own, which knows no Python. */
    SCRIPT("a TorchScript model", Kind.OTHER_MODEL),
    /** https://pytorch.org/docs/stable/export.html. */
    EXPORTED("an exported PyTorch program", Kind.OTHER_MODEL),
    /** https://pytorch.org/docs/stable/notes/serialization.html. */
    CHECKPOINT("a PyTorch checkpoint (zip)", Kind.OTHER_MODEL),
    NUMPY("NumPy arrays (.npz)", Kind.CONTAINER),
    OTHER("a zip archive", Kind.CONTAINER);

    private static final Pattern STORAGE = Pattern.compile("[^/]+/(\\.?data/\\d+|constants/\\d+)(\\.storage)?");
    private static final Pattern EXPORTED_WEIGHT = Pattern.compile("[^/]+/data/(weights|constants)/[^/.]+");

    private final String format;
    private final Kind kind;

    ZipFlavour(String format, Kind kind) {
        this.format = format;
        this.kind = kind;
    }

    static ZipFlavour of(Set<String> names) {
        for (String name : names) {
            int slash = name.indexOf('/');
            String root = name.substring(0, Math.max(0, slash));
            if (name.equals(root + "/.data/extern_modules")) {
                return PACKAGE;
            }
            if (name.equals(root + "/archive_format")) {
                return EXPORTED;
            }
            if (name.equals(root + "/data.pkl") && names.contains(root + "/version")) {
                return isScript(names, root) ? SCRIPT : CHECKPOINT;
            }
        }
        boolean arrays = !names.isEmpty() && names.stream().allMatch(name -> name.endsWith(".npy"));
        return arrays ? NUMPY : OTHER;
    }

    private static boolean isScript(Set<String> names, String root) {
        return names.contains(root + "/constants.pkl")
                || names.stream().anyMatch(name -> name.startsWith(root + "/code/"));
    }

    String format() {
        return format;
    }

    Kind kind() {
        return kind;
    }

    Optional<Finding> finding(Content content) {
        return switch (this) {
            case PACKAGE ->
                Optional.of(Finding.of(
                        FindingId.SAFE_CODE,
                        content.place(),
                        "it carries Python modules that are run when the model is loaded",
                        "a model without code",
                        format,
                        convert("torch.onnx.export(model, example, \"model.onnx\")")));
            case SCRIPT ->
                Optional.of(unserved(
                        content,
                        "torch.onnx.export(torch.jit.load(\"model.pt\"), example, \"model.onnx\", dynamo=False)"));
            case EXPORTED ->
                Optional.of(unserved(content, "torch.onnx.export(torch.export.load(\"model.pt2\"), f=\"model.onnx\")"));
            case CHECKPOINT, NUMPY, OTHER -> Optional.empty();
        };
    }

    private Finding unserved(Content content, String command) {
        return Finding.of(
                FindingId.MODEL_UNSERVED,
                content.place(),
                "models of this format are not served",
                "ONNX",
                format,
                convert(command));
    }

    private static String convert(String command) {
        return "Convert it to ONNX where it was trained: " + command + ".";
    }

    /** The storages of tensors are bytes without a format; whoever recognises something in them has the say. */
    ScanResult storage(String name, ScanResult result) {
        boolean isStorage = switch (this) {
            case CHECKPOINT, SCRIPT, PACKAGE -> STORAGE.matcher(name).matches();
            case EXPORTED -> EXPORTED_WEIGHT.matcher(name).matches();
            case NUMPY, OTHER -> false;
        };
        boolean isUnknown = result.kind() == Kind.UNKNOWN
                && result.findings().stream().allMatch(finding -> finding.id() == FindingId.SAFE_UNKNOWN);
        return isStorage && isUnknown
                ? new ScanResult(result.place(), result.size(), Kind.DATA, "raw tensor data", List.of(), List.of())
                : result;
    }
}
