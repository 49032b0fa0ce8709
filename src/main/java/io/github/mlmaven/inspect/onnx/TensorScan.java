package io.github.mlmaven.inspect.onnx;

import java.io.IOException;
import java.util.OptionalLong;

/** Reads every tensor of a model, weights or attribute, and judges what it says of itself. */
final class TensorScan {

    private final ProtoInput in;
    private final ExternalData externalData;
    private final Problems problems;

    TensorScan(ProtoInput in, ExternalData externalData, Problems problems) {
        this.in = in;
        this.externalData = externalData;
        this.problems = problems;
    }

    /**
     * A tensor's name and how many elements it has.
     *
     * @param name its name; may be empty
     * @param elements the product of its dimensions; 0 when they are wrong, which is then a finding
     */
    record Scanned(String name, long elements) {}

    /** Reads a {@code TensorProto}. */
    Scanned read() throws IOException, MalformedProtoException {
        TensorHeader tensor = TensorHeader.read(in);
        OptionalLong bytes = bytes(tensor);
        if (tensor.dataType() == 0) {
            problems.structure(tensor.title() + " has no datatype", "a datatype", "none");
        }
        externalData.check(tensor, bytes);
        tensor.rawBytes().ifPresent(raw -> {
            if (bytes.isPresent() && bytes.getAsLong() != raw) {
                problems.structure(
                        tensor.title() + " has data of a wrong length",
                        bytes.getAsLong() + " bytes for " + tensor.typeAndDims(),
                        raw + " bytes");
            }
        });
        return new Scanned(tensor.name(), elements(tensor));
    }

    /** Reads a {@code SparseTensorProto}; its name and number of elements are those of its values. */
    Scanned readSparse() throws IOException, MalformedProtoException {
        Scanned values = new Scanned("", 0);
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> values = read();
                case 2 -> read();
                default -> {}
            }
        }
        return values;
    }

    private long elements(TensorHeader tensor) {
        try {
            return tensor.dims().elements();
        } catch (ArithmeticException | IllegalArgumentException e) {
            return 0;
        }
    }

    /** The bytes that the dimensions and datatype ask for; empty when unknown or already found to be wrong. */
    private OptionalLong bytes(TensorHeader tensor) {
        try {
            long elements = tensor.dims().elements();
            return tensor.type()
                    .filter(OnnxType::isFixedSize)
                    .map(type -> OptionalLong.of(type.bytes(elements)))
                    .orElse(OptionalLong.empty());
        } catch (IllegalArgumentException e) {
            problems.structure(
                    tensor.title() + " has a negative dimension", "dimensions of zero or more", tensor.typeAndDims());
        } catch (ArithmeticException e) {
            problems.structure(
                    tensor.title() + " has more elements than can be counted",
                    "at most 2^63-1 bytes",
                    tensor.typeAndDims());
        }
        return OptionalLong.empty();
    }
}
