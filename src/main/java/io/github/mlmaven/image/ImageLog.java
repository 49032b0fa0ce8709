package io.github.mlmaven.image;

/** Where the build tells what it is doing. */
@FunctionalInterface
public interface ImageLog {
    /** One line for the user. */
    void info(String line);
}
