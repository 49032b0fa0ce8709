package io.github.mlmaven.image.target;

import io.github.mlmaven.model.Digest;
import java.io.IOException;

/** A registry has another image than the one that it was sent. */
public final class WrongDigestException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String sent;
    private final String found;

    /** Of a tag, or whatever else names it. */
    public WrongDigestException(String tag, Digest sent, String found) {
        super("the tag " + tag + " is " + found + " and not " + sent);
        this.sent = sent.toString();
        this.found = found;
    }

    /** What was sent. */
    String sent() {
        return sent;
    }

    /** What is there. */
    String found() {
        return found;
    }
}
