package io.github.mlmaven.verify;

/** Runs every check on every model. */
public final class ModelVerifier {}
