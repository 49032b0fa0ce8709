package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Requests of one row each, made from an example's rows, the same ones every time. Numbers move a little and rows as a
 * whole move in size, because what mixes rows (a quantisation by the largest value, a mean over the batch) shows only
 * when rows differ. Indices stay between 0 and the example's own, as the vocabulary is not known.
 */
final class VariedRows {

    private final Random random = new Random(1);
    private final List<List<Tensor>> rows;

    /** Of requests of one row. */
    VariedRows(List<List<Tensor>> rows) {
        this.rows = rows;
    }

    /** Another row; with {@code all}, indices, flags and strings vary too, which not every model can compute. */
    List<Tensor> next(boolean all) {
        List<Tensor> row = rows.get(random.nextInt(rows.size()));
        double scale = 0.25 + 2 * random.nextDouble();
        List<Tensor> varied = new ArrayList<>(row.size());
        for (Tensor input : row) {
            varied.add(new Tensor(input.name(), input.datatype(), input.shape(), vary(input, scale, all)));
        }
        return varied;
    }

    private ByteBuffer vary(Tensor input, double scale, boolean all) {
        ByteBuffer from = input.data();
        ByteBuffer to = ByteBuffer.allocate(from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
        while (from.hasRemaining()) {
            switch (input.datatype()) {
                case FP32 -> to.putFloat((float) number(from.getFloat(), scale));
                case FP64 -> to.putDouble(number(from.getDouble(), scale));
                case FP16, BF16 -> to.putShort((short) (from.getShort() ^ random.nextInt(64)));
                case BOOL -> to.put((byte) index(from.get(), all));
                case INT8, UINT8 -> to.put((byte) index(from.get(), all));
                case INT16, UINT16 -> to.putShort((short) index(from.getShort(), all));
                case INT32, UINT32 -> to.putInt((int) index(from.getInt(), all));
                case INT64, UINT64 -> to.putLong(index(from.getLong(), all));
                case BYTES -> string(from, to, all);
            }
        }
        return to.flip();
    }

    private double number(double value, double scale) {
        return value * scale + 0.05 * (1 + Math.abs(value)) * random.nextGaussian();
    }

    private long index(long value, boolean vary) {
        return vary && value >= 0 ? random.nextLong(Math.max(value, 1)) + random.nextInt(2) : value;
    }

    /** Half of them are emptied. */
    private void string(ByteBuffer from, ByteBuffer to, boolean vary) {
        int length = from.getInt();
        ByteBuffer text = from.slice(from.position(), length);
        from.position(from.position() + length);
        if (vary && random.nextBoolean()) {
            to.putInt(0);
        } else {
            to.putInt(length).put(text);
        }
    }
}
