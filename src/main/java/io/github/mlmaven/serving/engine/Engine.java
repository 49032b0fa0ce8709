package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.ModelFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Loads models of one format; found by {@link ServiceLoader}, so that a further format is one further class. */
public interface Engine {

    /** The format it loads. */
    ModelFormat format();

    /** Its name and version, for example {@code onnxruntime 1.29.0}; may load native code. */
    String name() throws EngineException;

    /**
     * Loads a model.
     *
     * @param mainFile the model's main file; external data lies beside or below it
     * @param options how it shall run
     */
    LoadedModel load(Path mainFile, EngineOptions options) throws EngineException;

    /** The engine on the class path for this format. */
    static Engine forFormat(ModelFormat format) throws EngineException {
        List<String> formats = new ArrayList<>();
        for (Engine engine : ServiceLoader.load(Engine.class, Engine.class.getClassLoader())) {
            if (engine.format() == format) {
                return engine;
            }
            formats.add(engine.format().id());
        }
        throw new EngineException("no engine for format " + format.id() + " on the class path; it has engines for "
                + (formats.isEmpty() ? "none" : String.join(", ", formats)));
    }
}
