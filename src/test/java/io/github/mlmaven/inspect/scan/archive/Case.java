package io.github.mlmaven.inspect.scan.archive;

/**
 * Bytes of the corpus; what is to be said about them is in {@code corpus.txt}.
 *
 * @param name a few words, unlike those of the others
 * @param bytes of a file that is called {@code model.bin}
 */
public record Case(String name, byte[] bytes) {

    static Case of(String name, byte[] bytes) {
        return new Case(name, bytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
