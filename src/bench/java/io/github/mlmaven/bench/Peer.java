package io.github.mlmaven.bench;

import java.io.IOException;
import java.util.Optional;

/** Somebody who computes replies. */
sealed interface Peer permits OurServer, SpringBoot, FastApi, InProcess {

    /** The name in results. */
    String name();

    /** Why it cannot take part on this machine. */
    default Optional<String> unavailable(BenchOptions options) {
        return Optional.empty();
    }

    /** Starts it for one case and checks its reply. */
    Contender start(Case what, BenchOptions options) throws IOException, InterruptedException, BenchException;
}
