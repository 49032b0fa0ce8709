package io.github.mlmaven.serving;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the golden files under {@code src/test/models}, whose tensors all have {@code raw_data}. */
public final class GoldenFiles {

    private GoldenFiles() {}

    /** {@code input_0.pb}, {@code input_1.pb}, … or the outputs. */
    public static List<Tensor> read(Path folder, String kind) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; Files.exists(folder.resolve(kind + "_" + i + ".pb")); i++) {
            tensors.add(read(folder.resolve(kind + "_" + i + ".pb")));
        }
        return tensors;
    }

    private static Tensor read(Path file) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(Files.readAllBytes(file));
        List<Long> shape = new ArrayList<>();
        int type = 0;
        String name = "";
        byte[] data = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                        int limit = in.pushLimit(in.readRawVarint32());
                        while (!in.isAtEnd()) {
                            shape.add(in.readInt64());
                        }
                        in.popLimit(limit);
                    } else {
                        shape.add(in.readInt64());
                    }
                }
                case 2 -> type = in.readInt32();
                case 8 -> name = in.readString();
                case 9 -> data = in.readByteArray();
                default -> in.skipField(tag);
            }
        }
        int elementType = type;
        Datatype datatype = Arrays.stream(Datatype.values())
                .filter(d -> OnnxModels.elementType(d) == elementType)
                .findFirst()
                .orElseThrow();
        return new Tensor(
                name, datatype, shape.stream().mapToLong(Long::longValue).toArray(), ByteBuffer.wrap(data));
    }
}
