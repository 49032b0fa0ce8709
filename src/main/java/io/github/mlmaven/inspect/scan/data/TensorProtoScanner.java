package io.github.mlmaven.inspect.scan.data;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * A tensor by itself ({@code TensorProto} of onnx.proto), as golden data has it. It has no magic number: what is one has
 * no other field, each of its type, to the last byte.
 */
public final class TensorProtoScanner implements FormatScanner {

    private static final int DIMS = 1;
    private static final int DATA_TYPE = 2;
    private static final int LAST_DATA_TYPE = 26;

    /** Length-delimited: packed numbers, strings, the name, raw data, the documentation, metadata. */
    private static final int BYTES = bits(1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16);

    /** What holds elements. */
    private static final int ELEMENTS = bits(4, 5, 6, 7, 9, 10, 11);

    private static int bits(int... fields) {
        int bits = 0;
        for (int field : fields) {
            bits |= 1 << field;
        }
        return bits;
    }

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        boolean possible = content.size() >= 4 && content.size() <= Integer.MAX_VALUE;
        return possible && isTensor(content)
                ? Optional.of(ScanResult.of(content, Kind.DATA, "a tensor (ONNX TensorProto)"))
                : Optional.empty();
    }

    private static boolean isTensor(Content content) throws IOException {
        try (InputStream stream = content.open()) {
            CodedInputStream in = CodedInputStream.newInstance(stream);
            in.setSizeLimit(Integer.MAX_VALUE);
            boolean type = false;
            boolean elements = false;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                int field = WireFormat.getTagFieldNumber(tag);
                switch (WireFormat.getTagWireType(tag)) {
                    case WireFormat.WIRETYPE_VARINT -> {
                        long value = in.readRawVarint64();
                        if (field == DATA_TYPE && value > 0 && value <= LAST_DATA_TYPE) {
                            type = true;
                        } else if (field != DIMS) {
                            return false;
                        }
                    }
                    case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                        if (field >= Integer.SIZE || (BYTES & (1 << field)) == 0) {
                            return false;
                        }
                        elements |= (ELEMENTS & (1 << field)) != 0;
                        in.skipRawBytes(in.readRawVarint32());
                    }
                    default -> {
                        return false;
                    }
                }
            }
            return type && elements;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }
}
