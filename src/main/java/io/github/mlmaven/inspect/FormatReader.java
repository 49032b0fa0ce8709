package io.github.mlmaven.inspect;

import io.github.mlmaven.model.ModelFormat;
import java.io.IOException;

/**
 * Reads models of one format, bounded and without executing anything. Registered in
 * {@code META-INF/services/io.github.mlmaven.inspect.FormatReader}.
 */
public interface FormatReader {

    /** The format. */
    ModelFormat format();

    /** The extension of its files, with the dot. */
    String extension();

    /**
     * Reads a model.
     *
     * @param source the model
     * @param mainFile the name of its main file, which is a plain file in the model's folder
     * @throws IOException when a file cannot be read, whatever is in it
     */
    Reading read(ModelSource source, String mainFile) throws IOException;
}
