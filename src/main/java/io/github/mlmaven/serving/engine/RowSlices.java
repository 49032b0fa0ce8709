package io.github.mlmaven.serving.engine;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts the outputs of a merged run apart. */
final class RowSlices {

    private RowSlices() {}

    /** For each request its rows of each output, as views. */
    static List<List<Tensor>> cut(List<Tensor> outputs, long[] rows) throws EngineException {
        List<List<Tensor>> replies = new ArrayList<>(rows.length);
        for (int request = 0; request < rows.length; request++) {
            replies.add(new ArrayList<>(outputs.size()));
        }
        long sum = Arrays.stream(rows).sum();
        for (Tensor output : outputs) {
            long[] shape = output.shape();
            if (shape.length == 0 || shape[0] != sum) {
                throw new EngineException("output " + output.name() + " does not follow the batch: " + sum
                        + " rows went in, its shape is " + Arrays.toString(shape));
            }
            ByteBuffer data = output.data();
            long perRow = Tensor.elements(Arrays.copyOfRange(shape, 1, shape.length));
            for (int request = 0; request < rows.length; request++) {
                shape[0] = rows[request];
                int bytes = bytes(output.datatype(), data, perRow * rows[request]);
                ByteBuffer slice = data.slice(data.position(), bytes);
                data.position(data.position() + bytes);
                replies.get(request).add(new Tensor(output.name(), output.datatype(), shape, slice));
            }
        }
        return replies;
    }

    /** The length of so many elements from the buffer's position on. */
    private static int bytes(Datatype datatype, ByteBuffer data, long elements) {
        if (datatype != Datatype.BYTES) {
            return Math.toIntExact(elements * datatype.size());
        }
        int at = data.position();
        for (long i = 0; i < elements; i++) {
            at += Integer.BYTES + data.getInt(at);
        }
        return at - data.position();
    }
}
