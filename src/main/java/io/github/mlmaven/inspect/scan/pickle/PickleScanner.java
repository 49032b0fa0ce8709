package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.util.Optional;

/** Pickles of all protocols and under any name: plain ones, those of joblib, dill, cloudpickle and legacy PyTorch. */
public final class PickleScanner implements FormatScanner {

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        Trail trail = new Trail();
        if (!new PickleReader(Source.of(content), 0, 0, trail).read()) {
            return Optional.empty();
        }
        return Optional.of(ScanResult.of(
                content, Kind.UNSAFE, format(trail), PickleFindings.of(content.place(), trail, format(trail))));
    }

    private static String format(Trail trail) {
        if (trail.hasTorchMagic()) {
            return "a legacy file of PyTorch, which is Python pickles";
        }
        if (trail.hasArrayWrappers()) {
            return "a file of joblib, which is a Python pickle";
        }
        return "a Python pickle, protocol " + trail.protocol();
    }
}
