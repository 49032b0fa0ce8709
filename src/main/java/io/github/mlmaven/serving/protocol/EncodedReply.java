package io.github.mlmaven.serving.protocol;

import java.nio.ByteBuffer;
import java.util.OptionalInt;

/**
 * A reply in bytes.
 *
 * @param body JSON, and the binary outputs behind it
 * @param jsonLength the length of the JSON; empty when it is all there is
 */
public record EncodedReply(ByteBuffer body, OptionalInt jsonLength) {}
