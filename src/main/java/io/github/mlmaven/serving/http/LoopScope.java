package io.github.mlmaven.serving.http;

/**
 * What the protocols of one event loop share.
 *
 * @param serving what is served
 * @param limits of requests
 * @param held counts the bodies of all event loops
 * @param idle closes silent clients of this event loop
 */
public record LoopScope(Serving serving, HttpLimits limits, HeldBodies held, IdleClients idle) {}
