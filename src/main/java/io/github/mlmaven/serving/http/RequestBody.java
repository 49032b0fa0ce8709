package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.ElementMemory;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A request whose body is complete.
 *
 * @param headers the request's headers
 * @param bytes the body, which has an array; it is used again after the reply
 * @param memory where tensors go that are not views of the body; it is used again after the reply
 */
record RequestBody(MultiMap headers, ByteBuffer bytes, ElementMemory memory) {

    /** The first value of a header. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
