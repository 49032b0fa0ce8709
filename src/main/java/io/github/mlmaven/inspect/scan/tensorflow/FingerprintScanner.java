package io.github.mlmaven.inspect.scan.tensorflow;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.proto.NotProtoException;
import io.github.mlmaven.inspect.scan.proto.ProtoFields;
import java.io.IOException;
import java.util.Optional;

/** {@code fingerprint.pb} of a SavedModel: a handful of hashes in protobuf's fingerprint.proto. */
public final class FingerprintScanner implements FormatScanner {

    private static final int MOST = 200;

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        return content.size() <= MOST && isFingerprint(content)
                ? Optional.of(ScanResult.of(content, Kind.DATA, "a fingerprint of a SavedModel"))
                : Optional.empty();
    }

    /** Five hashes, the version and a UUID, in this order; a hash that is zero is left out, which one of four may be. */
    private static boolean isFingerprint(Content content) throws IOException {
        int hashes = 0;
        int last = 0;
        try (ProtoFields in = new ProtoFields(content)) {
            while (in.next()) {
                if (in.field() <= last || in.field() > 7) {
                    return false;
                }
                last = in.field();
                if (last <= 5) {
                    in.number();
                    hashes++;
                } else {
                    in.size();
                }
            }
        } catch (NotProtoException e) {
            return false;
        }
        return hashes >= 4 && content.size() > 4 * 6;
    }
}
