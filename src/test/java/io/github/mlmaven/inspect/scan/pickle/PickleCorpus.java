package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Hostile, harmless and broken pickles, and files that only look like some. All are made here; none was ever loaded. */
public final class PickleCorpus {

    private final List<PickleCase> cases = new ArrayList<>();

    private PickleCorpus() {}

    /** All of them; each name is there once. */
    public static List<PickleCase> all() {
        PickleCorpus corpus = new PickleCorpus();
        HostileGlobals.addTo(corpus);
        HostileStreams.addTo(corpus);
        HostileNames.addTo(corpus);
        HostileTricks.addTo(corpus);
        HostileContainers.addTo(corpus);
        HarmlessPickles.addTo(corpus);
        OtherFiles.addTo(corpus);
        return List.copyOf(corpus.cases);
    }

    void add(String name, Verdict verdict, byte[] bytes) {
        cases.add(new PickleCase(name, bytes, verdict));
    }

    void hostile(String name, byte[] bytes) {
        add(name, Verdict.MALICIOUS, bytes);
    }
}
