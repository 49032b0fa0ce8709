package io.github.mlmaven.model.exchange;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Length-prefixed texts and tensors, each length bounded before anything is allocated. */
final class Frames {

    private static final int MAX_TEXT = 16 << 20;
    private static final int MAX_COUNT = 1 << 20;

    private Frames() {}

    static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in, MAX_TEXT), StandardCharsets.UTF_8);
    }

    static int readCount(DataInputStream in) throws IOException {
        return bounded(in.readInt(), MAX_COUNT);
    }

    static void writeLongs(DataOutputStream out, List<Long> values) throws IOException {
        out.writeInt(values.size());
        for (long value : values) {
            out.writeLong(value);
        }
    }

    static List<Long> readLongs(DataInputStream in) throws IOException {
        int count = readCount(in);
        List<Long> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(in.readLong());
        }
        return values;
    }

    static void writeTensors(DataOutputStream out, List<Tensor> tensors) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        out.writeInt(tensors.size());
        for (Tensor tensor : tensors) {
            writeText(out, tensor.name());
            writeText(out, tensor.datatype().name());
            long[] shape = tensor.shape();
            out.writeInt(shape.length);
            for (long dimension : shape) {
                out.writeLong(dimension);
            }
            ByteBuffer data = tensor.data();
            out.writeInt(data.remaining());
            while (data.hasRemaining()) {
                channel.write(data);
            }
        }
    }

    static List<Tensor> readTensors(DataInputStream in) throws IOException {
        int count = readCount(in);
        List<Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = readText(in);
            String datatype = readText(in);
            long[] shape = new long[bounded(in.readInt(), Shape.MAX_RANK)];
            for (int d = 0; d < shape.length; d++) {
                shape[d] = in.readLong();
            }
            byte[] data = readBytes(in, Integer.MAX_VALUE);
            tensors.add(new Tensor(
                    name,
                    Datatype.named(datatype).orElseThrow(() -> new IOException("unknown datatype: " + datatype)),
                    shape,
                    ByteBuffer.wrap(data)));
        }
        return tensors;
    }

    /** Reads in steps, so that a length that lies costs no memory. */
    private static byte[] readBytes(DataInputStream in, int max) throws IOException {
        int length = bounded(in.readInt(), max);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("expected " + length + " bytes, found " + bytes.length);
        }
        return bytes;
    }

    private static int bounded(int length, int max) throws IOException {
        if (length < 0 || length > max) {
            throw new IOException("length out of bounds: " + length);
        }
        return length;
    }
}
