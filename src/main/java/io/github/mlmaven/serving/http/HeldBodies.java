package io.github.mlmaven.serving.http;

import io.vertx.core.buffer.Buffer;

/**
 * Counts the bytes of the bodies that are held at once. Only what has arrived counts: a client that announces a large
 * body and sends nothing takes no room from others. For the event loop alone, which is one thread.
 */
final class HeldBodies {

    private final long max;
    private long held;

    HeldBodies(long max) {
        this.max = max;
    }

    /** A body that is about to arrive. */
    Body open() {
        return new Body();
    }

    /** The body of one request. */
    final class Body {
        private final Buffer bytes = Buffer.buffer();
        private long counted;
        private boolean released;

        long length() {
            return bytes.length();
        }

        byte[] bytes() {
            return bytes.getBytes();
        }

        /** Takes a further part in; false, and nothing is taken, when there is no room for it. */
        boolean append(Buffer chunk) {
            if (released || held + chunk.length() > max) {
                return false;
            }
            held += chunk.length();
            counted += chunk.length();
            bytes.appendBuffer(chunk);
            return true;
        }

        /** Gives the room back; further calls do nothing. */
        void release() {
            if (!released) {
                released = true;
                held -= counted;
            }
        }
    }
}
