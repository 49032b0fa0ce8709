package io.github.mlmaven.image.registry;

import java.io.IOException;

/** A registry does not speak TLS, and may not be spoken to without. */
public final class NoTlsException extends IOException {

    private static final long serialVersionUID = 1L;

    NoTlsException(IOException cause) {
        super(Thrown.firstLine(cause), cause);
    }
}
