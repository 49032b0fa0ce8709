package io.github.mlmaven.fuzz;

import io.github.mlmaven.inspect.Corpora;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the corpora of the tests as inputs to begin with: nobody guesses the checksums of an archive. */
final class Seeds {

    /** Longer ones slow the fuzzer down. */
    private static final int MAX = 32 << 10;

    private Seeds() {}

    /** {@code Seeds FOLDER}. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        List<Corpora.Sample> samples = Corpora.all();
        for (int i = 0; i < samples.size(); i++) {
            byte[] bytes = samples.get(i).bytes();
            if (bytes.length <= MAX) {
                try (OutputStream out = Files.newOutputStream(folder.resolve("seed-" + i))) {
                    // The first byte chooses the name.
                    out.write(i);
                    out.write(bytes);
                }
            }
        }
    }
}
