package io.github.mlmaven.inspect;

import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.nio.file.Path;
import java.util.List;

/** A model whose bytes were read to the end; only {@link ModelInspector} makes one. */
public final class InspectedModel implements Inspection {

    private final ModelSource source;
    private final ModelFormat format;
    private final List<ModelFile> files;
    private final ModelSummary summary;

    InspectedModel(ModelSource source, ModelFormat format, List<ModelFile> files, ModelSummary summary) {
        this.source = source;
        this.format = format;
        this.files = List.copyOf(files);
        this.summary = summary;
    }

    @Override
    public ModelSource source() {
        return source;
    }

    public ModelFormat format() {
        return format;
    }

    /** The model's files, the main file first, then external data by path. */
    public List<ModelFile> files() {
        return files;
    }

    public ModelSummary summary() {
        return summary;
    }

    /** The main file on disk. */
    public Path mainFile() {
        return source.folder().resolve(files.get(0).path());
    }
}
