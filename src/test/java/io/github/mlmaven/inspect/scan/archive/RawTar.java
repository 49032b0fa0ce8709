package io.github.mlmaven.inspect.scan.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes tar archives of which every field may be wrong. */
final class RawTar {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    RawTar file(String name, byte[] data) {
        return entry('0', name, data, header -> {});
    }

    RawTar entry(char type, String name, byte[] data) {
        return entry(type, name, data, header -> {});
    }

    /** The change is made before the checksum is computed. */
    RawTar entry(char type, String name, byte[] data, Consumer<byte[]> change) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o\0", data.length));
        put(header, 136, "00000000000\0");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        change.accept(header);
        return raw(summed(header)).raw(data).raw(new byte[(512 - data.length % 512) % 512]);
    }

    RawTar pax(char type, String... records) {
        StringBuilder all = new StringBuilder();
        for (String record : records) {
            int length = record.length() + 3;
            length += String.valueOf(length + 1).length() - 1;
            all.append(length).append(' ').append(record).append('\n');
        }
        return entry(type, "pax", all.toString().getBytes(StandardCharsets.UTF_8));
    }

    RawTar raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** With the two blocks that end an archive. */
    byte[] bytes() {
        return raw(new byte[1024]).open();
    }

    /** Without an end. */
    byte[] open() {
        return out.toByteArray();
    }

    static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private static byte[] summed(byte[] header) {
        put(header, 148, "        ");
        int sum = 0;
        for (byte value : header) {
            sum += value & 0xFF;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }
}
