package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The sessions of one model. Runs of one session meet at its locks, which a small model notices: two threads with a
 * session each compute an eighth more than two that share one. So each thread gets its own while the model is small;
 * larger ones have one session, and its weights once.
 */
final class OnnxSessions implements AutoCloseable {

    private static final int MAX_SMALL = 4 << 20;

    /** More threads than that share the first one. */
    private static final int MAX_SESSIONS = 16;

    /** The key under which ONNX names a file of external data. */
    private static final byte[] EXTERNAL = "location".getBytes(StandardCharsets.UTF_8);

    private final OrtEnvironment environment;
    private final EngineOptions options;
    private final Optional<byte[]> small;
    private final OrtSession first;
    private final List<OrtSession> free = new ArrayList<>();
    private final List<OrtSession> others = new ArrayList<>();

    private OnnxSessions(OrtEnvironment environment, EngineOptions options, Optional<byte[]> small, OrtSession first) {
        this.environment = environment;
        this.options = options;
        this.small = small;
        this.first = first;
        free.add(first);
    }

    static OnnxSessions load(OrtEnvironment environment, Path file, EngineOptions options) throws OrtException {
        // Kept, because the file may be another one when the next thread comes.
        Optional<byte[]> small = small(file);
        try (SessionOptions session = options(options)) {
            return new OnnxSessions(environment, options, small, environment.createSession(file.toString(), session));
        }
    }

    private static Optional<byte[]> small(Path file) {
        try {
            if (Files.size(file) > MAX_SMALL) {
                return Optional.empty();
            }
            byte[] model = Files.readAllBytes(file);
            return contains(model, EXTERNAL) ? Optional.empty() : Optional.of(model);
        } catch (IOException e) {
            // The engine says it better.
            return Optional.empty();
        }
    }

    private static boolean contains(byte[] bytes, byte[] word) {
        for (int at = 0; at <= bytes.length - word.length; at++) {
            if (bytes[at] == word[0] && Arrays.equals(bytes, at, at + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    static SessionOptions options(EngineOptions options) throws OrtException {
        SessionOptions session = new SessionOptions();
        session.setIntraOpNumThreads(options.intraOpThreads());
        session.setInterOpNumThreads(options.interOpThreads());
        // A thread that waits actively takes the core from requests that could run.
        session.addConfigEntry("session.intra_op.allow_spinning", "0");
        session.addConfigEntry("session.inter_op.allow_spinning", "0");
        // What it would log at load or run comes back as an exception too.
        session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        return session;
    }

    /** The one that was loaded first; it tells what all have in common. */
    OrtSession first() {
        return first;
    }

    /** One for another thread. */
    synchronized OrtSession take() {
        if (!free.isEmpty()) {
            return free.remove(free.size() - 1);
        }
        if (small.isEmpty() || others.size() + 1 >= MAX_SESSIONS) {
            return first;
        }
        try (SessionOptions session = options(options)) {
            OrtSession another = environment.createSession(small.get(), session);
            others.add(another);
            return another;
        } catch (OrtException e) {
            // It was loaded before, so memory is short.
            return first;
        }
    }

    /** Takes one back whose thread has ended. */
    synchronized void giveBack(OrtSession session) {
        if (!free.contains(session)) {
            free.add(session);
        }
    }

    @Override
    public synchronized void close() throws OrtException {
        for (OrtSession other : others) {
            other.close();
        }
        first.close();
    }
}
