package io.github.mlmaven.inspect;

import io.github.mlmaven.inspect.mlflow.MlflowModel;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.util.List;

/** Lets tests of later stages start from an inspected model without reading one. */
public final class InspectedModels {

    private InspectedModels() {}

    public static InspectedModel onnx(ModelSource source, List<ModelFile> files, ModelSummary summary) {
        return new InspectedModel(source, ModelFormat.ONNX, files, summary, List.of(), null);
    }

    public static InspectedModel mlflow(
            ModelSource source, List<ModelFile> files, ModelSummary summary, MlflowModel mlflow) {
        return new InspectedModel(source, ModelFormat.ONNX, files, summary, List.of(), mlflow);
    }
}
