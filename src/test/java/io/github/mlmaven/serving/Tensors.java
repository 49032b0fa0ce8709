package io.github.mlmaven.serving;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Short ways to make tensors in tests, and to look into them. */
public final class Tensors {

    private Tensors() {}

    public static Tensor fp32(String name, long[] shape, float... values) {
        ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            data.putFloat(value);
        }
        return new Tensor(name, Datatype.FP32, shape, data.flip());
    }

    public static Tensor strings(String name, long[] shape, String... values) {
        int size = 0;
        for (String value : values) {
            size += 4 + value.getBytes(StandardCharsets.UTF_8).length;
        }
        ByteBuffer data = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        for (String value : values) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            data.putInt(bytes.length).put(bytes);
        }
        return new Tensor(name, Datatype.BYTES, shape, data.flip());
    }

    public static List<String> strings(Tensor tensor) {
        List<String> strings = new ArrayList<>();
        ByteBuffer data = tensor.data();
        while (data.hasRemaining()) {
            byte[] bytes = new byte[data.getInt()];
            data.get(bytes);
            strings.add(new String(bytes, StandardCharsets.UTF_8));
        }
        return strings;
    }

    public static byte[] bytes(Tensor tensor) {
        byte[] bytes = new byte[tensor.data().remaining()];
        tensor.data().get(bytes);
        return bytes;
    }
}
