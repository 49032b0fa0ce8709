package io.github.mlmaven.serving.fuzz;

import java.util.regex.Pattern;

/**
 * A request that is wrong, and what the server must say of it.
 *
 * @param request every byte that is sent
 * @param status of the reply
 * @param message is found in the reply's error
 * @param last whether the connection must close after the reply, whatever else has been sent
 */
record Wrong(byte[] request, int status, Pattern message, boolean last) {

    /** One whose end both sides know: whatever is wrong with it, the next request on the connection is answered. */
    static Wrong of(Post request, int status, String message) {
        return new Wrong(request.bytes(), status, Pattern.compile(message), false);
    }

    /** One after which nothing on the connection can be trusted. */
    static Wrong last(byte[] request, int status, String message) {
        return new Wrong(request, status, Pattern.compile(message), true);
    }

    /** The same text, to be found as it is. */
    static String exactly(String text) {
        return Pattern.quote(text);
    }
}
