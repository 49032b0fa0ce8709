package io.github.mlmaven.verify;

import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.model.exchange.ProbeRequest;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads what a fork answered, up to where it stopped: a hostile model may have written anything. */
final class ReplyFile {

    private ReplyFile() {}

    /**
     * How far the fork came.
     *
     * @param doing what it was doing when its answers end, for example {@code while loading the model}
     * @param done whether it answered everything
     */
    record Progress(String doing, boolean done) {}

    /** Hands every answer but {@link ProbeReply.Done} on. */
    static Progress read(Path file, ProbeRequest request, Consumer<ProbeReply> replies) {
        boolean loaded = false;
        int answered = 0;
        boolean measured = false;
        if (!Files.exists(file)) {
            return new Progress(doing(loaded, answered, measured, request), false);
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            while (true) {
                ProbeReply reply = next(in, answered);
                if (reply instanceof ProbeReply.Done) {
                    return new Progress("after its last answer", true);
                }
                if (reply instanceof ProbeReply.Loaded) {
                    loaded = true;
                } else if (reply instanceof ProbeReply.Ran || reply instanceof ProbeReply.Failed) {
                    answered++;
                } else {
                    measured = true;
                }
                replies.accept(reply);
            }
        } catch (EOFException e) {
            return new Progress(doing(loaded, answered, measured, request), false);
        } catch (IOException e) {
            return new Progress(doing(loaded, answered, measured, request) + " (its answer is malformed)", false);
        }
    }

    private static ProbeReply next(DataInputStream in, int index) throws IOException {
        ProbeReply reply;
        try {
            reply = ProbeReply.read(in);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException("malformed tensor", e);
        }
        if ((reply instanceof ProbeReply.Ran ran && ran.index() != index)
                || (reply instanceof ProbeReply.Failed failed && failed.index() != index)) {
            throw new IOException("answers out of order");
        }
        return reply;
    }

    private static String doing(boolean loaded, int answered, boolean measured, ProbeRequest request) {
        if (!loaded) {
            return "while loading the model";
        }
        if (answered < request.cases().size()) {
            return "while running golden case " + request.cases().get(answered).name();
        }
        return request.measurement().isPresent() && !measured ? "while it was timed" : "after its last answer";
    }
}
