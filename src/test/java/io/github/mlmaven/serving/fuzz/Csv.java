package io.github.mlmaven.serving.fuzz;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A valid table for the model of breast cancer. */
final class Csv {

    /** 28 of the matrix, and two inputs of their own. */
    static final List<String> COLUMNS = Stream.concat(
                    IntStream.range(0, 28).mapToObj(i -> "f" + i), Stream.of("worst_symmetry_milli", "worst_fractal"))
            .toList();

    static final String ROW = IntStream.range(0, 30).mapToObj(Integer::toString).collect(Collectors.joining(","));

    private Csv() {}

    static Post post() {
        return Post.to("/invocations").header("Content-Type: text/csv");
    }

    static Wrong wrong(String text, String message) {
        return Wrong.of(post().body(text), 400, message);
    }
}
