package io.github.mlmaven.inspect.scan.tensorflow;

import static io.github.mlmaven.finding.FindingId.MODEL_CORRUPT;
import static io.github.mlmaven.finding.FindingId.SAFE_CODE;
import static io.github.mlmaven.finding.FindingId.SAFE_MALICIOUS;
import static io.github.mlmaven.finding.FindingId.SAFE_OPERATOR;
import static io.github.mlmaven.finding.FindingId.SAFE_UNKNOWN;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Pb;
import io.github.mlmaven.inspect.scan.ScanCase;
import io.github.mlmaven.inspect.scan.keras.Marshalled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Graphs of TensorFlow that only compute, and those that reach out, in all the places where operators can be. A table, and
 * so long. */
public final class TensorFlowCorpus {

    private TensorFlowCorpus() {}

    public static List<ScanCase> cases() {
        List<ScanCase> cases = new ArrayList<>(harmless());
        cases.addAll(operators());
        cases.addAll(places());
        cases.addAll(beside());
        return cases;
    }

    private static List<ScanCase> harmless() {
        byte[] plain = graph(node("x", "Placeholder"), node("y", "MatMul"));
        return List.of(
                good("a SavedModel", "saved_model.pb", savedModel(plain)),
                good("a frozen graph", "graph.pb", plain),
                good("a meta graph", "model.ckpt.meta", metaGraph(plain)),
                good(
                        "a saver in a SavedModel",
                        "saved_model.pb",
                        savedModel(
                                graph(node("s", "SaveV2"), node("r", "RestoreV2"), node("m", "MergeV2Checkpoints")))),
                good(
                        "a vocabulary in the assets",
                        "saved_model.pb",
                        savedModel(
                                graph(node("t", "InitializeTableFromTextFileV2")),
                                Pb.bytes(6, Pb.text(2, "vocab.txt")))),
                good(
                        "a function that is called like an operator",
                        "saved_model.pb",
                        savedModel(graph(
                                node("f", "__inference_f_1"),
                                library(function("__inference_f_1", node("y", "Relu")))))),
                good(
                        "printing to the log",
                        "graph.pb",
                        graph(node("p", "PrintV2", attribute("output_stream", "stderr")))),
                good(
                        "a large constant",
                        "graph.pb",
                        graph(node(
                                "c",
                                "Const",
                                Pb.bytes(
                                        5,
                                        Pb.text(1, "value"),
                                        Pb.bytes(2, Pb.bytes(8, Pb.bytes(4, new byte[3 << 20]))))))),
                ScanCase.of("text", "a.pb", "node one\nnode two\n".getBytes(StandardCharsets.UTF_8), Kind.DATA),
                ScanCase.of("JSON", "a.json", "{\"node\": [1]}".getBytes(StandardCharsets.UTF_8), Kind.DATA),
                ScanCase.of(
                        "ONNX is not TensorFlow",
                        "model.onnx",
                        Pb.message(Pb.number(1, 8), Pb.text(2, "pytorch"), Pb.bytes(7, Pb.bytes(1, Pb.text(1, "x")))),
                        Kind.UNKNOWN,
                        SAFE_UNKNOWN),
                ScanCase.of(
                        "a tensor is not a graph",
                        "input_0.pb",
                        Pb.message(Pb.number(1, 3), Pb.number(2, 1), Pb.bytes(9, new byte[12])),
                        Kind.UNKNOWN,
                        SAFE_UNKNOWN));
    }

    private static List<ScanCase> operators() {
        return Stream.of(
                        "ReadFile",
                        "WriteFile",
                        "MatchingFiles",
                        "PyFunc",
                        "PyFuncStateless",
                        "EagerPyFunc",
                        "TextLineDataset",
                        "TFRecordDataset",
                        "SqlDataset",
                        "GeneratorDataset",
                        "DatasetFromGraph",
                        "ImportEvent",
                        "RpcCall",
                        "DataServiceDataset",
                        "TRTEngineOp")
                .map(operator -> bad(operator, "saved_model.pb", savedModel(graph(node("a", operator))), SAFE_OPERATOR))
                .toList();
    }

    private static List<ScanCase> places() {
        byte[] evil = node("evil", "WriteFile");
        byte[] inFunction =
                savedModel(graph(node("x", "Placeholder"), library(function("f", node("y", "Relu"), evil))));
        byte[] nested = Pb.bytes(
                5,
                Pb.text(1, "f"),
                Pb.bytes(
                        2,
                        Pb.bytes(
                                10,
                                Pb.text(1, "g"),
                                Pb.bytes(2, Pb.text(1, "h"), Pb.bytes(2, Pb.bytes(10, Pb.text(1, "ReadFile")))))));
        byte[] swapped = Pb.bytes(5, Pb.bytes(2, Pb.text(2, "file:///etc/cron.d/x")), Pb.text(1, "output_stream"));
        byte[] twoFaces =
                Pb.message(Pb.bytes(1, Pb.text(1, "R"), Pb.text(2, "WriteFile")), Pb.bytes(2, node("z", "Relu")));
        return List.of(
                bad("in a function", "saved_model.pb", inFunction, SAFE_OPERATOR),
                bad(
                        "in the second meta graph",
                        "saved_model.pb",
                        Pb.message(savedModel(graph(node("x", "Relu"))), Pb.bytes(2, metaGraph(graph(evil)))),
                        SAFE_OPERATOR),
                bad(
                        "called as a function",
                        "graph.pb",
                        graph(node(
                                "m",
                                "MapDataset",
                                Pb.bytes(5, Pb.text(1, "f"), Pb.bytes(2, Pb.bytes(10, Pb.text(1, "ReadFile")))))),
                        SAFE_OPERATOR),
                bad(
                        "called as a function in a list",
                        "graph.pb",
                        graph(node(
                                "c",
                                "Case",
                                Pb.bytes(
                                        5,
                                        Pb.text(1, "branches"),
                                        Pb.bytes(2, Pb.bytes(1, Pb.bytes(9, Pb.text(1, "PyFunc"))))))),
                        SAFE_OPERATOR),
                bad(
                        "called as the argument of a function",
                        "graph.pb",
                        graph(node("m", "MapDataset", nested)),
                        SAFE_OPERATOR),
                bad(
                        "as a gradient",
                        "graph.pb",
                        graph(node("x", "Relu"), Pb.bytes(2, Pb.bytes(2, Pb.text(1, "f"), Pb.text(2, "ReadFile")))),
                        SAFE_OPERATOR),
                bad(
                        "printing to a file",
                        "graph.pb",
                        graph(node("p", "PrintV2", attribute("output_stream", "file:///etc/cron.d/x"))),
                        SAFE_OPERATOR),
                bad(
                        "an attribute whose value stands first",
                        "graph.pb",
                        graph(node("p", "PrintV2", swapped)),
                        SAFE_OPERATOR),
                bad(
                        "debugging to a server",
                        "graph.pb",
                        graph(node(
                                "d",
                                "DebugIdentity",
                                Pb.bytes(
                                        5,
                                        Pb.text(1, "debug_urls"),
                                        Pb.bytes(2, Pb.bytes(1, Pb.text(2, "grpc://evil:1")))))),
                        SAFE_OPERATOR),
                bad("a saver in a frozen graph", "graph.pb", graph(node("s", "SaveV2")), SAFE_OPERATOR),
                bad(
                        "a vocabulary without assets",
                        "saved_model.pb",
                        savedModel(graph(node("t", "InitializeTableFromTextFileV2"))),
                        SAFE_OPERATOR),
                bad(
                        "an operator of a package",
                        "saved_model.pb",
                        savedModel(graph(node("t", "Addons>Hidden"))),
                        SAFE_OPERATOR),
                bad(
                        "an operator that is no function of the library",
                        "saved_model.pb",
                        savedModel(graph(node("t", "my_op"))),
                        SAFE_OPERATOR),
                bad("another suffix", "notes.txt", savedModel(graph(evil)), SAFE_OPERATOR),
                bad(
                        "a graph that breaks off",
                        "graph.pb",
                        Arrays.copyOf(graph(evil, node("y", "Relu")), 30),
                        MODEL_CORRUPT,
                        SAFE_OPERATOR),
                bad(
                        "a graph with something behind it",
                        "graph.pb",
                        Pb.message(graph(node("y", "Relu")), Pb.text(9, "x")),
                        MODEL_CORRUPT),
                bad("a graph and a meta graph at once", "graph.pb", twoFaces, MODEL_CORRUPT, SAFE_OPERATOR));
    }

    private static List<ScanCase> beside() {
        String evil = "{\"class_name\": \"Lambda\", \"config\": {\"function\": [\"" + Marshalled.code("os", "system")
                + "\"]}}";
        byte[] index = new byte[64];
        byte[] magic = {0x57, (byte) 0xfb, (byte) 0x80, (byte) 0x8b, 0x24, 0x75, 0x47, (byte) 0xdb};
        System.arraycopy(magic, 0, index, 56, 8);
        String text =
                "saved_model_schema_version: 1\nmeta_graphs {\n graph_def { # a comment\n  node { name: \"x\" op: \"Placeholder\" }\n";
        return List.of(
                ScanCase.of(
                        "layers of Keras",
                        "keras_metadata.pb",
                        metadata("{\"class_name\": \"MyModel\", \"config\": {}}"),
                        Kind.DATA),
                bad("a Lambda layer beside a SavedModel", "keras_metadata.pb", metadata(evil), SAFE_MALICIOUS),
                bad(
                        "a Lambda layer without code",
                        "keras_metadata.pb",
                        metadata("{\"class_name\": \"Lambda\", \"config\": {}}"),
                        SAFE_CODE),
                ScanCase.of(
                        "a fingerprint",
                        "fingerprint.pb",
                        Pb.message(
                                Pb.number(1, -5),
                                Pb.number(2, -6),
                                Pb.number(3, -7),
                                Pb.number(4, -8),
                                Pb.number(5, 9),
                                Pb.bytes(6, Pb.number(1, 1))),
                        Kind.DATA),
                good("an index of variables", "variables.index", index),
                ScanCase.of(
                        "variables without an index",
                        "variables.data-00000-of-00001",
                        new byte[100],
                        Kind.UNKNOWN,
                        SAFE_UNKNOWN),
                good("a SavedModel in text", "saved_model.pbtxt", (text + " } }\n").getBytes(StandardCharsets.UTF_8)),
                bad(
                        "a SavedModel in text that writes",
                        "saved_model.pbtxt",
                        (text + "node { name: 'w' op: 'WriteFile' } } }").getBytes(StandardCharsets.UTF_8),
                        SAFE_OPERATOR),
                bad(
                        "an operator in pieces and escaped",
                        "graph.pbtxt",
                        "node<name:'w' op:\"Wr\" 'ite\\x46' \"\\151le\">".getBytes(StandardCharsets.UTF_8),
                        SAFE_OPERATOR),
                bad(
                        "an operator in a list of nodes",
                        "graph.pbtxt",
                        "node: [{name: 'a' op: 'Relu'}, {name: 'w', op: 'PyFunc'}]".getBytes(StandardCharsets.UTF_8),
                        SAFE_OPERATOR),
                bad(
                        "a function in text",
                        "graph.pbtxt",
                        "library { function { signature { name: 'f' } node_def { op: 'ReadFile' } } }"
                                .getBytes(StandardCharsets.UTF_8),
                        SAFE_OPERATOR),
                bad(
                        "printing to a file in text",
                        "graph.pbtxt",
                        "node { name: 'p' op: 'PrintV2' attr { key: 'output_stream' value { s: 'file:///x' } } }"
                                .getBytes(StandardCharsets.UTF_8),
                        SAFE_OPERATOR));
    }

    private static ScanCase good(String name, String file, byte[] bytes) {
        return ScanCase.of(name, file, bytes, Kind.OTHER_MODEL);
    }

    private static ScanCase bad(String name, String file, byte[] bytes, FindingId... ids) {
        return ScanCase.of(name, file, bytes, Kind.UNSAFE, ids);
    }

    public static byte[] savedModel(byte[] graph, byte[]... others) {
        return Pb.message(Pb.number(1, 1), Pb.bytes(2, metaGraph(graph, others)));
    }

    private static byte[] metaGraph(byte[] graph, byte[]... others) {
        return Pb.message(
                Pb.bytes(1, Pb.text(4, "serve"), Pb.text(5, "2.15.0")),
                Pb.bytes(2, graph),
                Pb.bytes(3, Pb.text(1, "save/Const")),
                Pb.message(others));
    }

    public static byte[] graph(byte[]... nodes) {
        return Pb.message(Pb.message(nodes), Pb.bytes(4, Pb.number(1, 1482)));
    }

    public static byte[] node(String name, String operator, byte[]... attributes) {
        return Pb.bytes(1, nodeOf(name, operator, attributes));
    }

    private static byte[] nodeOf(String name, String operator, byte[]... attributes) {
        return Pb.message(Pb.text(1, name), Pb.text(2, operator), Pb.text(3, "^init"), Pb.message(attributes));
    }

    private static byte[] attribute(String key, String value) {
        return Pb.bytes(5, Pb.text(1, key), Pb.bytes(2, Pb.text(2, value)));
    }

    private static byte[] library(byte[]... functions) {
        return Pb.bytes(2, functions);
    }

    /** The nodes of a function have another number than those of a graph. */
    private static byte[] function(String name, byte[]... nodes) {
        byte[][] renumbered = Stream.of(nodes).map(TensorFlowCorpus::renumbered).toArray(byte[][]::new);
        return Pb.bytes(1, Pb.bytes(1, Pb.text(1, name)), Pb.message(renumbered));
    }

    private static byte[] renumbered(byte[] node) {
        byte[] renumbered = node.clone();
        renumbered[0] = 3 << 3 | 2;
        return renumbered;
    }

    private static byte[] metadata(String json) {
        return Pb.bytes(
                1,
                Pb.number(2, 1),
                Pb.text(3, "root.layer"),
                Pb.text(4, "_tf_keras_layer"),
                Pb.text(5, json),
                Pb.bytes(6, Pb.number(1, 2)));
    }
}
