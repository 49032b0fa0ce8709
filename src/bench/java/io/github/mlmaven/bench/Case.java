package io.github.mlmaven.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One load.
 *
 * @param model the model
 * @param encoding how requests are on the wire
 * @param batch rows of a request
 * @param connections each with one request at a time
 * @param pinned whether the server has one core and the client the other
 */
record Case(BenchModel model, Encoding encoding, int batch, int connections, boolean pinned) {

    private static final int MANY = 32;

    /** Every case there is. */
    static List<Case> all(BenchOptions options) {
        List<Case> cases = new ArrayList<>();
        for (BenchModel model : BenchModel.all(options)) {
            for (Encoding encoding : Encoding.values()) {
                for (int batch : List.of(model.small(), model.large())) {
                    cases.add(new Case(model, encoding, batch, 1, false));
                    cases.add(new Case(model, encoding, batch, MANY, false));
                }
            }
        }
        for (Encoding encoding : Encoding.values()) {
            BenchModel tiny = BenchModel.all(options).get(0);
            cases.add(new Case(tiny, encoding, tiny.small(), 1, true));
        }
        return cases;
    }

    /** {@code breast-cancer json 1 32}. */
    String id() {
        return model.name() + " " + encoding + " " + batch + " " + connections + (pinned ? " pinned" : "");
    }

    Golden golden() throws IOException, BenchException {
        return model.golden(batch);
    }

    /** Who takes part, in the order of a round. */
    List<Peer> peers(BenchOptions options) {
        return allPeers().stream()
                .filter(peer -> options.peers().matcher(peer.name()).matches())
                .toList();
    }

    /** Who could. */
    List<Peer> allPeers() {
        List<Peer> peers = new ArrayList<>();
        peers.add(OurServer.asItIs());
        if (model.name().equals("digits-cnn") && batch == 1 && connections == MANY) {
            peers.add(OurServer.withoutBatching());
        }
        if (id().equals("breast-cancer json 1 32")) {
            peers.add(OurServer.withOneEventLoop());
        }
        int threads = connections == 1 ? 1 : 2;
        if (encoding == Encoding.JSON) {
            if (!pinned) {
                peers.add(new SpringBoot());
                peers.add(new FastApi());
            }
            peers.add(new InProcess(InProcess.Loop.JSON, threads));
        }
        for (int i = 1; i <= threads; i++) {
            peers.add(new InProcess(InProcess.Loop.RUN, i));
        }
        // What the server's own way to the engine gains shows where the engine is quick.
        if (model.name().equals("breast-cancer") && connections == MANY) {
            if (encoding == Encoding.JSON) {
                peers.add(new InProcess(InProcess.Loop.BOUND_JSON, threads));
            }
            peers.add(new InProcess(InProcess.Loop.BOUND_RUN, threads));
        }
        return peers;
    }
}
