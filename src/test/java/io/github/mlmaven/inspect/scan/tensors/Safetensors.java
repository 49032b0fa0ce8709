package io.github.mlmaven.inspect.scan.tensors;

import io.github.mlmaven.inspect.scan.read.Bytes;
import java.nio.charset.StandardCharsets;

/** Safetensors files for tests. */
public final class Safetensors {

    private Safetensors() {}

    /** A file with this header and so many bytes of data. */
    public static byte[] file(String header, int data) {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        return new Bytes().u64(bytes.length).raw(bytes).zeros(data).toBytes();
    }

    public static String tensor(String name, String dtype, String shape, long from, long to) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":[" + from + ","
                + to + "]}";
    }

    /** Two tensors behind metadata, all right. */
    public static byte[] sound() {
        return file(
                "{\"__metadata__\":{\"format\":\"pt\"}," + tensor("a", "F32", "[2,2]", 0, 16) + ","
                        + tensor("b", "I8", "[3]", 16, 19) + "}  ",
                19);
    }
}
