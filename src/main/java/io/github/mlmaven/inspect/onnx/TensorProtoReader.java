package io.github.mlmaven.inspect.onnx;

import io.github.mlmaven.model.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that holds one {@code TensorProto} with its elements, as the ONNX model zoo keeps golden data. */
public final class TensorProtoReader {

    /** The most bytes of a file with golden data, whatever its form, and of the elements of a tensor in it. */
    public static final long MAX_BYTES = 256L << 20;

    /**
     * Reads a file.
     *
     * @throws MalformedTensorException when its content is wrong; its place is the file's name
     */
    public Tensor read(Path file) throws IOException, MalformedTensorException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, Files.size(file), String.valueOf(file.getFileName()));
        }
    }

    /**
     * Reads a stream.
     *
     * @param in the bytes
     * @param size how many there are
     * @param place what to call them in messages
     */
    public Tensor read(InputStream in, long size, String place) throws IOException, MalformedTensorException {
        return readFile(in, size, place).tensor();
    }

    /** The same, with what the tensor says of itself. */
    public TensorFile readFile(InputStream in, long size, String place) throws IOException, MalformedTensorException {
        if (size == 0) {
            throw new MalformedTensorException(place, "the file is empty", "a TensorProto", "0 bytes");
        }
        if (size > MAX_BYTES) {
            throw new MalformedTensorException(
                    place, "the file is too large", "at most " + MAX_BYTES + " bytes", size + " bytes");
        }
        try {
            TensorContent content = new TensorContent(place);
            content.read(new ProtoInput(in, size));
            return new TensorFile(content.toTensor(), content.documentation());
        } catch (MalformedProtoException e) {
            throw new MalformedTensorException(place, e.problem(), e.expected(), e.found());
        }
    }
}
