package io.github.mlmaven.inspect.scan.read;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes of a file for tests, little-endian unless said otherwise. */
public final class Bytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    public Bytes() {
        this(ByteOrder.LITTLE_ENDIAN);
    }

    public Bytes(ByteOrder order) {
        this.order = order;
    }

    public Bytes raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Characters up to 255, one byte each. */
    public Bytes text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Bytes u8(int value) {
        return raw((byte) value);
    }

    public Bytes u32(long value) {
        return raw(ByteBuffer.allocate(4).order(order).putInt((int) value).array());
    }

    public Bytes u64(long value) {
        return raw(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    /** A text behind its length in eight bytes. */
    public Bytes sized(String text) {
        return u64(text.length()).text(text);
    }

    public Bytes zeros(int count) {
        return raw(new byte[count]);
    }

    /** Zeros up to a multiple. */
    public Bytes align(int to) {
        return zeros((to - out.size() % to) % to);
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
