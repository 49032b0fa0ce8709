package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.MalformedProtoException.corrupt;
import static io.github.mlmaven.inspect.onnx.MalformedProtoException.limit;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.ModelSummary;
import io.github.mlmaven.inspect.Opset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the fields of {@code ModelProto} into a summary. */
final class ModelReader {

    private final ProtoInput in;
    private final Problems problems;
    private final GraphReader graphs;
    private final Signature signature;
    private final Tally tally = new Tally();
    private final List<Opset> opsets = new ArrayList<>();
    private long irVersion;
    private String producer = "";
    private String producerVersion = "";
    private boolean graph;

    ModelReader(ProtoInput in, ExternalData externalData, Problems problems) {
        this.in = in;
        this.problems = problems;
        this.graphs = new GraphReader(in, new TensorScan(in, externalData, problems), problems);
        this.signature = new Signature(problems);
    }

    void read() throws IOException, MalformedProtoException {
        while (in.next()) {
            switch (in.field()) {
                case 1 -> irVersion = in.int64();
                case 2 -> producer = in.text();
                case 3 -> producerVersion = in.text();
                case 7 -> readGraph();
                case 8 -> readOpset();
                case 20 -> graphs.readTraining();
                case 25 -> graphs.readFunction(tally);
                default -> {}
            }
        }
        check();
    }

    private void readGraph() throws IOException, MalformedProtoException {
        if (graph) {
            throw corrupt(in.offset(), "a second graph", "one graph", "two");
        }
        graph = true;
        graphs.readMain(tally, signature);
    }

    private void readOpset() throws IOException, MalformedProtoException {
        if (opsets.size() == Limits.OPSETS) {
            throw limit("the model imports too many opsets", "at most " + Limits.OPSETS, "more than " + Limits.OPSETS);
        }
        String domain = "";
        long version = 0;
        in.enter();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> domain = in.text();
                case 2 -> version = in.int64();
                default -> {}
            }
        }
        opsets.add(new Opset(domain.isEmpty() ? OnnxReader.DEFAULT_DOMAIN : domain, version));
    }

    private void check() {
        if (irVersion <= 0) {
            problems.structure(
                    "the model has no IR version", "ir_version of 1 or more", irVersion == 0 ? "none" : "" + irVersion);
        }
        if (opsets.isEmpty()) {
            problems.structure("the model imports no opset", "at least one opset_import", "none");
        }
        for (int i = 0; i < opsets.size(); i++) {
            checkOpset(opsets.get(i), opsets.subList(0, i));
        }
        List<String> unknown = tally.operators().unknown();
        if (!unknown.isEmpty()) {
            problems.add(
                    FindingId.SAFE_OPERATOR,
                    "the model has operators of domains that the engine does not know",
                    "operators of ai.onnx, ai.onnx.ml, com.microsoft, or functions of the model itself",
                    String.join(", ", unknown),
                    "Export the model with standard operators; custom ones need code that is not part of the model.");
        }
        if (graph) {
            signature.check();
        } else {
            problems.structure("the model has no graph", "a graph", "none");
        }
    }

    private void checkOpset(Opset opset, List<Opset> before) {
        if (opset.version() <= 0) {
            problems.structure(
                    "opset " + opset.domain() + " has no version", "1 or more", Long.toString(opset.version()));
        }
        if (before.stream().anyMatch(other -> other.domain().equals(opset.domain()))) {
            problems.structure("opset " + opset.domain() + " is imported twice", "one version", "two");
        }
    }

    /** Whether there was a graph at all; what has none may be no ONNX. */
    boolean hasGraph() {
        return graph;
    }

    /** What was read, once {@link #read} found nothing wrong. */
    ModelSummary summary() {
        return new ModelSummary(
                irVersion,
                opsets,
                (producer + " " + producerVersion).strip(),
                signature.inputs(tally),
                signature.outputs(),
                tally.operators().counts(),
                tally.parameters(),
                tally.locales());
    }
}
