package io.github.mlmaven.inspect.scan;

import java.io.IOException;
import java.util.Optional;

/**
 * Recognises one family of formats by content and judges it: bounded, without running or deserialising anything.
 * Registered in {@code META-INF/services/io.github.mlmaven.inspect.scan.FormatScanner}. All of them see each file, as a
 * file can be several things at once. One instance serves several threads.
 */
public interface FormatScanner {

    /**
     * Looks at a file, or at what is in one.
     *
     * @param scan looks at what is in it, within the limits of the whole scan
     * @return empty when it is something else; a broken file of this family is one of this family with a finding
     * @throws IOException when a file cannot be read, whatever is in it; never for what is in it
     */
    Optional<ScanResult> scan(Content content, Scan scan) throws IOException;

    /** Whether it recognises only what nobody else does, such as text. */
    default boolean isLast() {
        return false;
    }
}
