package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.file.Path;

/** A model's sessions by the server's own rule: one for each thread while the model is small, one for all otherwise. */
public final class ServerSessions implements AutoCloseable {

    private final OnnxSessions sessions;

    private ServerSessions(OnnxSessions sessions) {
        this.sessions = sessions;
    }

    /** Loads the first one. */
    public static ServerSessions load(OrtEnvironment environment, Path onnx) throws OrtException {
        return new ServerSessions(OnnxSessions.load(environment, onnx, EngineOptions.DEFAULT));
    }

    /** The session of one more thread. */
    public OrtSession take() {
        return sessions.take();
    }

    @Override
    public void close() throws OrtException {
        sessions.close();
    }
}
