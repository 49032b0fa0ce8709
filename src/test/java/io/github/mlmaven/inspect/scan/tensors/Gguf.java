package io.github.mlmaven.inspect.scan.tensors;

import io.github.mlmaven.inspect.scan.read.Bytes;
import java.nio.ByteOrder;

/** GGUF files for tests, version 3. */
public final class Gguf {

    static final int U32 = 4;
    static final int STRING = 8;
    static final int ARRAY = 9;

    private final Bytes metadata;
    private final Bytes tensors;
    private final ByteOrder order;
    private int keys;
    private int count;

    public Gguf() {
        this(ByteOrder.LITTLE_ENDIAN);
    }

    public Gguf(ByteOrder order) {
        this.order = order;
        this.metadata = new Bytes(order);
        this.tensors = new Bytes(order);
    }

    /** A key whose value follows from the caller. */
    public Bytes key(String key, int type) {
        keys++;
        return metadata.sized(key).u32(type);
    }

    public Gguf text(String key, String value) {
        key(key, STRING).sized(value);
        return this;
    }

    public Gguf number(String key, long value) {
        key(key, U32).u32(value);
        return this;
    }

    public Gguf tensor(String name, int type, long offset, long... dims) {
        count++;
        tensors.sized(name).u32(dims.length);
        for (long dim : dims) {
            tensors.u64(dim);
        }
        tensors.u32(type).u64(offset);
        return this;
    }

    /** The file with so many bytes of data. */
    public byte[] file(int data) {
        return file(3, data);
    }

    public byte[] file(long version, int data) {
        return new Bytes(order)
                .text("GGUF")
                .u32(version)
                .u64(count)
                .u64(keys)
                .raw(metadata.toBytes())
                .raw(tensors.toBytes())
                .align(32)
                .zeros(data)
                .toBytes();
    }

    /** A model with a template and two tensors, all right. */
    public static byte[] sound() {
        Gguf gguf = new Gguf()
                .text("general.architecture", "llama")
                .text("tokenizer.chat_template", "{% for m in messages %}{{ m['content'] }}{% endfor %}");
        gguf.key("tokenizer.ggml.tokens", ARRAY).u32(STRING).u64(2).sized("<s>").sized("a");
        gguf.key("nested", ARRAY).u32(ARRAY).u64(1).u32(0).u64(3).zeros(3);
        return gguf.tensor("a", 0, 0, 4, 2).tensor("b", 2, 32, 64).file(32 + 36);
    }
}
