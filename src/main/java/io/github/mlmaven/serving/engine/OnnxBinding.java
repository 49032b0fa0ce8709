package io.github.mlmaven.serving.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Native tensors over one thread's memory for runs of the same shapes, made once: for a small model, making them takes
 * longer than running it. The engine writes outputs of known shape straight into that memory; others it allocates
 * itself, and they are copied.
 */
final class OnnxBinding implements AutoCloseable {

    private sealed interface Input {}

    /** Copied into memory that a tensor lies over. */
    private record Copied(ByteBuffer memory) implements Input {}

    /** Copied, then cast. */
    private record CopiedAndCast(ByteBuffer memory, OnnxTensor signed, OnnxTensor unsigned, UnsignedCast cast)
            implements Input {}

    /** A new tensor for each run. */
    private record PerRun(String name, Datatype datatype) implements Input {}

    private sealed interface Output {}

    private record Bound(Tensor view) implements Output {}

    private record BoundAndCast(Tensor view, OnnxTensor signed, OnnxTensor unsigned, UnsignedCast cast)
            implements Output {}

    private record Allocated(String name, Datatype datatype) implements Output {}

    private final OnnxTensors tensors;
    private final Slices memory;
    private final List<OnnxTensor> opened = new ArrayList<>();
    private final List<Input> inputs = new ArrayList<>();
    private final Map<String, OnnxTensor> fed = new LinkedHashMap<>();
    private final List<Output> outputs = new ArrayList<>();
    private final Map<String, OnnxTensor> bound = new LinkedHashMap<>();
    private final Set<String> allocated = new LinkedHashSet<>();

    private OnnxBinding(OnnxTensors tensors, Slices memory) {
        this.tensors = tensors;
        this.memory = memory;
    }

    /** Binds the inputs, and the outputs whose shapes are known. */
    static OnnxBinding of(OnnxTensors tensors, MergedInputs inputs, OutputShapes outputs, Slices memory)
            throws OrtException {
        OnnxBinding binding = new OnnxBinding(tensors, memory);
        try {
            for (int i = 0; i < inputs.count(); i++) {
                binding.inputs.add(binding.input(inputs, i));
            }
            for (OutputShapes.Output output : outputs.outputs()) {
                binding.outputs.add(binding.output(output));
            }
            return binding;
        } catch (OrtException | RuntimeException e) {
            binding.close();
            throw e;
        }
    }

    private Input input(MergedInputs merged, int i) throws OrtException {
        String name = merged.spec(i).name();
        Datatype datatype = merged.spec(i).datatype();
        if (datatype == Datatype.BYTES || merged.usedInPlace(i)) {
            return new PerRun(name, datatype);
        }
        ByteBuffer slice = memory.next(merged.boundBytes(i));
        OnnxTensor tensor = open(tensors.over(slice, datatype, merged.shape(i)));
        if (!UnsignedCast.isFor(datatype)) {
            fed.put(name, tensor);
            return new Copied(slice);
        }
        UnsignedCast cast = tensors.cast(datatype);
        OnnxTensor unsigned = open(cast.unsigned(tensor));
        fed.put(name, unsigned);
        return new CopiedAndCast(slice, tensor, unsigned, cast);
    }

    private Output output(OutputShapes.Output output) throws OrtException {
        String name = output.name();
        Datatype datatype = output.datatype();
        if (output.shape().isEmpty()) {
            allocated.add(name);
            return new Allocated(name, datatype);
        }
        long[] shape = output.shape().get();
        ByteBuffer slice = memory.next(output.boundBytes());
        Tensor view = new Tensor(name, datatype, shape, slice);
        OnnxTensor tensor = open(tensors.over(slice, datatype, shape));
        if (!UnsignedCast.isFor(datatype)) {
            bound.put(name, tensor);
            return new Bound(view);
        }
        UnsignedCast cast = tensors.cast(datatype);
        OnnxTensor unsigned = open(cast.unsigned(tensor));
        bound.put(name, unsigned);
        return new BoundAndCast(view, tensor, unsigned, cast);
    }

    private OnnxTensor open(OnnxTensor tensor) {
        opened.add(tensor);
        return tensor;
    }

    /** Whether an output must have the shape that it is bound with. */
    boolean bindsOutputs() {
        return !bound.isEmpty();
    }

    List<Tensor> run(OrtSession session, MergedInputs merged) throws OrtException, EngineException {
        List<OnnxTensor> perRun = new ArrayList<>(0);
        try {
            for (int i = 0; i < inputs.size(); i++) {
                feed(inputs.get(i), merged, i, perRun);
            }
            try (OrtSession.Result result = session.run(fed, allocated, bound)) {
                List<Tensor> computed = new ArrayList<>(outputs.size());
                for (Output output : outputs) {
                    computed.add(read(output, result));
                }
                return computed;
            }
        } finally {
            perRun.forEach(OnnxTensor::close);
        }
    }

    private void feed(Input input, MergedInputs merged, int i, List<OnnxTensor> perRun)
            throws OrtException, EngineException {
        Tensor[] parts = merged.parts(i);
        if (input instanceof Copied copied) {
            copy(parts, copied.memory());
        } else if (input instanceof CopiedAndCast copied) {
            copy(parts, copied.memory());
            copied.cast().toUnsigned(copied.signed(), copied.unsigned());
        } else if (input instanceof PerRun once) {
            OnnxTensor tensor = once.datatype() == Datatype.BYTES
                    ? tensors.strings(merged.shape(i), parts)
                    : tensors.over(parts[0].data(), once.datatype(), merged.shape(i));
            perRun.add(tensor);
            fed.put(once.name(), tensor);
        }
    }

    private static void copy(Tensor[] parts, ByteBuffer memory) {
        ByteBuffer target = memory.duplicate();
        for (Tensor part : parts) {
            target.put(part.data());
        }
    }

    private static Tensor read(Output output, OrtSession.Result result) throws OrtException, EngineException {
        if (output instanceof Bound in) {
            return in.view();
        }
        if (output instanceof BoundAndCast in) {
            in.cast().toSigned(in.unsigned(), in.signed());
            return in.view();
        }
        Allocated at = (Allocated) output;
        if (result.get(at.name()).orElse(null) instanceof OnnxTensor tensor) {
            return OnnxTensors.copy(at.name(), at.datatype(), tensor);
        }
        throw new EngineException("output " + at.name() + " was not computed");
    }

    /** Frees the native tensors; memory stays as long as somebody holds a view of it. */
    @Override
    public void close() {
        opened.forEach(OnnxTensor::close);
        opened.clear();
    }
}
