package com.acme;

/** Code of the user's, which the compiler plugin of an old Maven would compile for Java 5 or 8 if nobody said better. */
public record Words(String first, String second) {}
