package io.github.mlmaven.inspect.scan.archive;

import java.util.List;
import java.util.stream.Stream;

/** Archives and compressed files, honest and not, each with what is to be said about it. */
public final class ArchiveCorpus {

    private ArchiveCorpus() {}

    static List<Case> honest() {
        return Stream.of(ZipCases.honest(), TarCases.honest(), CompressedCases.honest())
                .flatMap(List::stream)
                .toList();
    }

    public static List<Case> all() {
        return Stream.of(
                        honest(),
                        ZipCases.flavours(),
                        ZipCases.names(),
                        ZipCases.entries(),
                        ZipCases.layouts(),
                        TarCases.hostile(),
                        CompressedCases.hostile())
                .flatMap(List::stream)
                .toList();
    }
}
