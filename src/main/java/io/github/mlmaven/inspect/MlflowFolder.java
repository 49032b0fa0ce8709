package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.mlflow.MlflowModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Map;
import java.util.Optional;

/** A model's folder as MLflow saves it: its {@code MLmodel} file says which file the engine opens. */
final class MlflowFolder {

    /** By flavor, in the order in which they are looked for. */
    private static final Map<String, String> CONVERSIONS = Map.of(
            "sklearn", "skl2onnx.to_onnx(model, X[:1], options={'zipmap': False})",
            "xgboost", "onnxmltools.convert_xgboost(model, initial_types=types)",
            "lightgbm", "onnxmltools.convert_lightgbm(model, initial_types=types, zipmap=False)",
            "catboost", "model.save_model('model.onnx', format='onnx')",
            "pytorch", "torch.onnx.export(model, args, 'model.onnx', dynamo=True)",
            "tensorflow", "tf2onnx.convert.from_keras(model)",
            "transformers", "optimum-cli export onnx --model DIR out/");

    private MlflowFolder() {}

    static boolean is(ModelSource source) {
        return Files.exists(source.folder().resolve(MlflowModel.FILE), LinkOption.NOFOLLOW_LINKS);
    }

    /** The file of the onnx flavor. */
    static MainFile mainFile(ModelSource source, MlflowModel model) throws IOException {
        String place = source.place() + "/" + MlflowModel.FILE;
        if (model.onnxFile().isEmpty()) {
            return new MainFile.Refused(Finding.of(
                    FindingId.MODEL_FORMAT,
                    place,
                    "the MLflow model has no onnx flavor",
                    "flavors.onnx",
                    model.flavors().isEmpty() ? "no flavors" : String.join(", ", model.flavors()),
                    conversion(model) + "save the result with mlflow.onnx.save_model."));
        }
        String file = model.onnxFile().get();
        if (file.isEmpty() || file.startsWith(".") || !file.chars().allMatch(MlflowFolder::isPlain)) {
            return new MainFile.Refused(Finding.of(
                    FindingId.SAFE_PATH,
                    place,
                    "the onnx flavor names a file that is not in the model's folder itself",
                    "a file's name, such as model.onnx",
                    "'" + file.replaceAll("\\p{Cntrl}", "?") + "'",
                    "Save the model again with mlflow.onnx.save_model."));
        }
        if (!Files.exists(source.folder().resolve(file), LinkOption.NOFOLLOW_LINKS)) {
            return new MainFile.Refused(Finding.of(
                    FindingId.MODEL_MISSING,
                    place,
                    "the file of the onnx flavor does not exist",
                    source.place() + "/" + file,
                    "no such file",
                    "Copy the whole folder that mlflow.onnx.save_model wrote."));
        }
        return MainFile.judgeLink(source, file);
    }

    /** No separators of any system, no drives, nothing that cannot be printed. */
    private static boolean isPlain(int c) {
        return c != '/' && c != '\\' && c != ':' && !Character.isISOControl(c);
    }

    private static String conversion(MlflowModel model) {
        Optional<String> conversion = model.flavors().stream()
                .filter(CONVERSIONS::containsKey)
                .map(CONVERSIONS::get)
                .findFirst();
        return conversion
                .map(command -> "Convert it with `" + command + "` and ")
                .orElse("Convert the model to ONNX where it was trained, and ");
    }
}
