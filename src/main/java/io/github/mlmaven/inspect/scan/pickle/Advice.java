package io.github.mlmaven.inspect.scan.pickle;

import java.util.Set;

/** How to convert a pickle, by the packages that it imports. */
final class Advice {

    private Advice() {}

    static String on(Set<String> packages) {
        if (packages.contains("xgboost")) {
            return onnx("onnxmltools", "onnxmltools.convert_xgboost(model, initial_types=...)");
        }
        if (packages.contains("lightgbm")) {
            return onnx("onnxmltools", "onnxmltools.convert_lightgbm(model, initial_types=...)");
        }
        if (packages.contains("sklearn")) {
            return onnx("skl2onnx", "skl2onnx.to_onnx(model, X[:1])");
        }
        if (packages.contains("torch")) {
            return "Convert it to ONNX where it was trained: torch.onnx.export(model, (sample,), \"model.onnx\").";
        }
        if (packages.contains("keras") || packages.contains("tensorflow")) {
            return "Convert it to ONNX where it was trained: python -m tf2onnx.convert --saved-model DIR"
                    + " --output model.onnx.";
        }
        if (packages.contains("numpy") || packages.contains("pandas")) {
            return "Save arrays with numpy.save(..., allow_pickle=False) and tables as CSV or Parquet; convert a model to"
                    + " ONNX.";
        }
        return "Convert a model to ONNX where it was trained: skl2onnx.to_onnx for scikit-learn, torch.onnx.export for"
                + " PyTorch, onnxmltools for XGBoost and LightGBM; save other data as JSON.";
    }

    private static String onnx(String converter, String call) {
        return "Convert it to ONNX where it was trained: pip install " + converter + ", then onnx.save(" + call
                + ", \"model.onnx\").";
    }
}
