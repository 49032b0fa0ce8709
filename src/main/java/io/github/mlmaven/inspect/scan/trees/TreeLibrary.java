package io.github.mlmaven.inspect.scan.trees;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.OtherModel;
import java.util.List;

/** A library of boosted trees, and how its models become ONNX. */
enum TreeLibrary {
    XGBOOST(
            "an XGBoost model",
            "onnxmltools.convert_xgboost(model, initial_types=[('x', FloatTensorType([None, FEATURES]))])"),
    LIGHTGBM(
            "a LightGBM model",
            "onnxmltools.convert_lightgbm(model, initial_types=[('x', FloatTensorType([None, FEATURES]))],"
                    + " zipmap=False)"),
    CATBOOST("a CatBoost model", "model.save_model('model.onnx', format='onnx')");

    private final String format;
    private final String conversion;

    TreeLibrary(String format, String conversion) {
        this.format = format;
        this.conversion = conversion;
    }

    /**
     * A sound model.
     *
     * @param form the form of it, for example {@code JSON}
     */
    ScanResult model(Content content, String form) {
        return OtherModel.of(content, format + ", " + form, "Convert it in Python: `" + conversion + "`.", List.of());
    }

    /** A broken model. */
    ScanResult broken(Content content, String form, MalformedException reason) {
        return OtherModel.broken(content, format + ", " + form, reason);
    }
}
