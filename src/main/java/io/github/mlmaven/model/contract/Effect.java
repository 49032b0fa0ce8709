package io.github.mlmaven.model.contract;

/**
 * What one change means for clients.
 *
 * @param breaking whether a client that was right before may fail now
 * @param what the change in a few words, for example {@code datatype changed}
 */
public record Effect(boolean breaking, String what) {

    static Effect breaking(String what) {
        return new Effect(true, what);
    }

    static Effect harmless(String what) {
        return new Effect(false, what);
    }
}
