package io.github.mlmaven.inspect;

/**
 * An input or output as the model declares it.
 *
 * @param name its name
 * @param type its type
 */
public record ValueInfo(String name, ValueType type) {}
