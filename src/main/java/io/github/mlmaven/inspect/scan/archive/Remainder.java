package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Bytes of an archive that belong to nothing in it. */
final class Remainder {

    private Remainder() {}

    /** Whether there is more than padding. */
    static boolean isAny(Content content, long from, long to) throws IOException {
        return first(content, from, to) < to;
    }

    /** Where padding ends. */
    static long first(Content content, long from, long to) throws IOException {
        if (from >= to) {
            return to;
        }
        long at = from;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = content.part("", from, to - from).open()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] != 0) {
                        return at + i;
                    }
                }
                at += read;
            }
        }
        return to;
    }

    /** What it is, if somebody knows; that it is there is a finding of its own. */
    static Optional<ScanResult> scan(Content content, long from, long to, Scan scan) throws IOException {
        ScanResult result = scan.scan(content.part("bytes " + from + " to " + to, from, to - from));
        return result.kind() == Kind.UNKNOWN ? Optional.empty() : Optional.of(result);
    }
}
