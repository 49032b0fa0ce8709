package io.github.mlmaven.lock;

/** Why a build looks at its lock. */
public enum LockMode {
    /** As part of a build: create it when there is none, else check. */
    BUILD,
    /** Only check; change nothing. */
    CHECK,
    /** By hand: write down what is there now. */
    ACCEPT
}
