package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import io.github.mlmaven.model.ModelFormat;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX Runtime on the CPU. Its official builds send telemetry unless the environment holds
 * {@code ORT_DISABLE_TELEMETRY=1} before they load; from Java only what follows the first event can be switched off.
 * Whoever starts a process that loads it sets the variable (with telemetry, 1.29.0 also crashes on Linux when the
 * command line is longer than some 3,700 bytes).
 */
public final class OnnxRuntimeEngine implements Engine {

    @Override
    public ModelFormat format() {
        return ModelFormat.ONNX;
    }

    @Override
    public String name() throws EngineException {
        return "onnxruntime " + environment().getVersion();
    }

    @Override
    public LoadedModel load(Path mainFile, EngineOptions options) throws EngineException {
        OrtEnvironment environment = environment();
        try {
            OnnxSessions sessions = OnnxSessions.load(environment, mainFile, options);
            try {
                return new OnnxRuntimeModel(environment, sessions);
            } catch (OrtException | EngineException | RuntimeException e) {
                sessions.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new EngineException("ONNX Runtime does not load it: " + reason(e), e);
        }
    }

    /** ONNX Runtime's reason without its codes: {@code Error code - ORT_FAIL - message: …}. */
    static String reason(OrtException e) {
        String message = String.valueOf(e.getMessage());
        int at = message.indexOf("message: ");
        return (at < 0 ? message : message.substring(at + "message: ".length()))
                .strip()
                .replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    }

    /** Process-wide, and loaded with native code on first use. */
    private static OrtEnvironment environment() throws EngineException {
        try {
            OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "ml");
            environment.setTelemetry(false);
            return environment;
        } catch (OrtException | LinkageError | IllegalStateException e) {
            throw new EngineException(
                    "ONNX Runtime's native library does not load on " + System.getProperty("os.name") + " "
                            + System.getProperty("os.arch") + ": " + root(e) + temporaryFolderHint(),
                    e);
        }
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** It makes a temporary folder first thing, even where its libraries are unpacked already. */
    private static String temporaryFolderHint() {
        String folder = System.getProperty("java.io.tmpdir", "");
        return Files.isWritable(Path.of(folder))
                ? ""
                : "; it needs a temporary folder, and " + folder
                        + " is not writable: add -Djava.io.tmpdir=FOLDER, in a container for example /dev/shm";
    }
}
