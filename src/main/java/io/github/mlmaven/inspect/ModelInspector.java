package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.ServiceLoader;

/** Reads models; a model that cannot be read becomes a {@link RejectedModel}, never an exception. */
public final class ModelInspector {

    private final FormatReader reader;

    /** With the registered reader; a second format will choose by extension here. */
    public ModelInspector() {
        // By its own class loader: a plugin's classes are not on the context class path of every Maven version.
        this(ServiceLoader.load(FormatReader.class, FormatReader.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no FormatReader is registered")));
    }

    ModelInspector(FormatReader reader) {
        this.reader = reader;
    }

    /** Reads one model. */
    public Inspection inspect(ModelSource source) {
        if (!source.findings().isEmpty()) {
            return new RejectedModel(source, source.findings());
        }
        try {
            MainFile main = MainFile.of(source, reader.extension());
            if (main instanceof MainFile.Refused refused) {
                return new RejectedModel(source, List.of(refused.finding()));
            }
            return inspect(source, ((MainFile.Chosen) main).name());
        } catch (IOException | SecurityException e) {
            return unreadable(source, source.place(), e);
        }
    }

    private Inspection inspect(ModelSource source, String mainFile) {
        try {
            Reading reading = reader.read(source, mainFile);
            if (reading instanceof Reading.Accepted accepted) {
                return new InspectedModel(source, reader.format(), accepted.files(), accepted.summary());
            }
            return new RejectedModel(source, ((Reading.Refused) reading).findings());
        } catch (IOException | SecurityException e) {
            return unreadable(source, source.place() + "/" + mainFile, e);
        }
    }

    private static RejectedModel unreadable(ModelSource source, String place, Exception e) {
        return new RejectedModel(
                source,
                List.of(Finding.of(
                        FindingId.MODEL_UNREADABLE,
                        place,
                        "the model cannot be read",
                        "a readable file",
                        reason(e),
                        "Check that the file exists and that you may read it.")));
    }

    /** Why, without the absolute path that the exception's message would give. */
    private static String reason(Exception e) {
        String reason = e instanceof FileSystemException fileSystem ? fileSystem.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
