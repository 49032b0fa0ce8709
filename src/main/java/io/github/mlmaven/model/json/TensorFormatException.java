package io.github.mlmaven.model.json;

import java.io.IOException;

/** A document that is not what it should be; the message names the tensor, what was expected and what was found. */
public final class TensorFormatException extends IOException {

    /** With what is wrong. */
    public TensorFormatException(String message) {
        super(message);
    }

    /** With what is wrong, and the parser's own exception. */
    public TensorFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
