package io.github.mlmaven.inspect.scan.coreml;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Unserved;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * The weights of an ML program in an {@code .mlpackage}: a header of 64 bytes with their number and version 2, and from
 * there on a mark before each.
 *
 * @see <a href="https://github.com/apple/coremltools/blob/main/mlmodel/src/MILBlob/Blob/StorageFormat.hpp">StorageFormat.hpp</a>
 */
public final class MilBlobScanner implements FormatScanner {

    private static final int HEADER = 64;
    private static final int MARK = 0xDEADBEEF;
    private static final String FORMAT = "weights of a Core ML model";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        if (content.size() < 2 * HEADER) {
            return Optional.empty();
        }
        ByteBuffer head = ByteBuffer.wrap(content.head(HEADER + 4)).order(ByteOrder.LITTLE_ENDIAN);
        boolean reserved = true;
        for (int at = 8; at < HEADER; at++) {
            reserved &= head.get(at) == 0;
        }
        return head.getInt(0) > 0 && head.getInt(4) == 2 && reserved && head.getInt(HEADER) == MARK
                ? Optional.of(ScanResult.of(
                        content,
                        Kind.OTHER_MODEL,
                        FORMAT,
                        List.of(Unserved.of(content, FORMAT, "Convert the model that it was made from to ONNX."))))
                : Optional.empty();
    }
}
