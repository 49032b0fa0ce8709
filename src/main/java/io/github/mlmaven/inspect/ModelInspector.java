package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.mlflow.MlflowModel;
import io.github.mlmaven.inspect.mlflow.MlflowReader;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Reads models; a model that cannot be read becomes a {@link RejectedModel}, never an exception. */
public final class ModelInspector {

    private final FormatReader reader;
    private final FolderScan scan;

    /**
     * With the registered reader; a second format will choose by extension here.
     *
     * @param temporary a folder for what is unpacked to be looked at
     */
    public ModelInspector(Path temporary) {
        // By its own class loader: a plugin's classes are not on the context class path of every Maven version.
        this(
                ServiceLoader.load(FormatReader.class, FormatReader.class.getClassLoader())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no FormatReader is registered")),
                new FolderScan(temporary));
    }

    ModelInspector(FormatReader reader, FolderScan scan) {
        this.reader = reader;
        this.scan = scan;
    }

    /** Reads one model, and looks at every file beside it. */
    public Inspection inspect(ModelSource source) {
        if (!source.findings().isEmpty()) {
            return new RejectedModel(source, source.findings(), List.of());
        }
        List<ScanResult> scanned;
        try {
            scanned = scan.of(source.folder(), source.place());
        } catch (IOException | SecurityException e) {
            return unreadable(source, source.place(), e, List.of());
        }
        try {
            return MlflowFolder.is(source)
                    ? inspectMlflow(source, scanned)
                    : inspect(source, MainFile.of(source, reader.extension()), null, scanned);
        } catch (IOException | SecurityException e) {
            return unreadable(source, source.place(), e, scanned);
        }
    }

    /** Looks at files that belong to no model. */
    public List<ScanResult> look(ModelLayout.Discovery discovery) throws IOException {
        return scan.of(discovery.folder(), discovery.place(), discovery.loose());
    }

    private Inspection inspectMlflow(ModelSource source, List<ScanResult> scanned) throws IOException {
        if (MainFile.judgeLink(source, MlflowModel.FILE) instanceof MainFile.Refused refused) {
            return new RejectedModel(source, List.of(refused.finding()), scanned);
        }
        try {
            MlflowModel model = MlflowReader.read(source.folder().resolve(MlflowModel.FILE));
            return inspect(source, MlflowFolder.mainFile(source, model), model, scanned);
        } catch (MalformedException e) {
            return new RejectedModel(source, List.of(e.at(source.place() + "/" + MlflowModel.FILE)), scanned);
        }
    }

    private Inspection inspect(
            ModelSource source, MainFile main, @Nullable MlflowModel mlflow, List<ScanResult> scanned) {
        if (main instanceof MainFile.Refused refused) {
            return new RejectedModel(source, List.of(refused.finding()), scanned);
        }
        String mainFile = ((MainFile.Chosen) main).name();
        try {
            Reading reading = reader.read(source, mainFile);
            if (reading instanceof Reading.Accepted accepted) {
                ModelContents contents = new ModelContents(source, scanned);
                return new InspectedModel(
                        source,
                        reader.format(),
                        contents.files(accepted.files()),
                        accepted.summary(),
                        contents.withModel(accepted.files()),
                        mlflow);
            }
            return new RejectedModel(source, ((Reading.Refused) reading).findings(), scanned);
        } catch (IOException | SecurityException e) {
            return unreadable(source, source.place() + "/" + mainFile, e, scanned);
        }
    }

    private static RejectedModel unreadable(ModelSource source, String place, Exception e, List<ScanResult> scanned) {
        return new RejectedModel(
                source,
                List.of(Finding.of(
                        FindingId.MODEL_UNREADABLE,
                        place,
                        "the model cannot be read",
                        "a readable file",
                        reason(e),
                        "Check that the file exists and that you may read it.")),
                scanned);
    }

    /** Why, without the absolute path that the exception's message would give. */
    private static String reason(Exception e) {
        String reason = e instanceof FileSystemException fileSystem ? fileSystem.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
