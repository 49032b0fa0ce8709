package io.github.mlmaven.bench;

import java.util.Map;

/**
 * A request, or a reply to one.
 *
 * @param path where to; of a reply, where from
 * @param headers with names in the case that they are sent in; of a reply, in lower case
 * @param body the bytes
 */
@SuppressWarnings("ArrayRecordComponent")
record Message(String path, Map<String, String> headers, byte[] body) {
    Message {
        headers = Map.copyOf(headers);
    }
}
