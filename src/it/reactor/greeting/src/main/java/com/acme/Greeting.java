package com.acme;

/** A sibling's class, which the model's module uses. */
public final class Greeting {
    public static final String TEXT = "sums from a reactor";

    private Greeting() {}
}
