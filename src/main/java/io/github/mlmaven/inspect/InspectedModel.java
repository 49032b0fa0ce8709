package io.github.mlmaven.inspect;

import io.github.mlmaven.inspect.mlflow.MlflowModel;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A model whose bytes were read to the end; only {@link ModelInspector} makes one. */
public final class InspectedModel implements Inspection {

    private final ModelSource source;
    private final ModelFormat format;
    private final List<ModelFile> files;
    private final ModelSummary summary;
    private final List<ScanResult> scanned;
    private final @Nullable MlflowModel mlflow;

    InspectedModel(
            ModelSource source,
            ModelFormat format,
            List<ModelFile> files,
            ModelSummary summary,
            List<ScanResult> scanned,
            @Nullable MlflowModel mlflow) {
        this.source = source;
        this.format = format;
        this.files = List.copyOf(files);
        this.summary = summary;
        this.scanned = List.copyOf(scanned);
        this.mlflow = mlflow;
    }

    @Override
    public ModelSource source() {
        return source;
    }

    public ModelFormat format() {
        return format;
    }

    @Override
    public List<ScanResult> scanned() {
        return scanned;
    }

    /** The model's files: the main file, external data by path, and the plain data beside it by path. */
    public List<ModelFile> files() {
        return files;
    }

    public ModelSummary summary() {
        return summary;
    }

    /** What MLflow says of it, if it saved the folder. */
    public Optional<MlflowModel> mlflow() {
        return Optional.ofNullable(mlflow);
    }

    /** The main file on disk. */
    public Path mainFile() {
        return source.folder().resolve(files.get(0).path());
    }
}
