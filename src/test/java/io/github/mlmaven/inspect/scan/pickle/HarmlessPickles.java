package io.github.mlmaven.inspect.scan.pickle;

import static io.github.mlmaven.inspect.scan.pickle.HostileContainers.join;
import static io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict.CODE;
import static io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict.CORRUPT;
import static io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict.IMPORT;
import static io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict.UNSAFE;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What honest programs save; none of it may be called malicious. */
final class HarmlessPickles {

    private HarmlessPickles() {}

    static void addTo(PickleCorpus corpus) {
        containers(corpus);
        numpy(corpus);
        torch(corpus);
        models(corpus);
        broken(corpus);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }

    private static void containers(PickleCorpus corpus) {
        // {"a": [1, 2.5, None, True], "b": ("x", b"y")}, as CPython writes it in each protocol
        corpus.add(
                "a dictionary in protocol 0",
                UNSAFE,
                latin1(
                        "(dp0\nVa\np1\n(lp2\nI1\naF2.5\naNaI01\nasVb\np3\n(Vx\np4\nc_codecs\nencode\np5\n(Vy\np6\nVlatin1\np7\ntp8\nRp9\ntp10\ns."));
        corpus.add(
                "a dictionary in protocol 1",
                UNSAFE,
                latin1("}q\u0000(X\u0001\u0000\u0000\u0000aq\u0001]q\u0002(K\u0001K\u0002Neu."));
        corpus.add(
                "a dictionary in protocol 2",
                UNSAFE,
                latin1("\u0080\u0002}q\u0000X\u0001\u0000\u0000\u0000aq\u0001K\u0001s."));
        corpus.add(
                "a dictionary in protocol 4",
                UNSAFE,
                PickleWriter.protocol(4)
                        .op(Opcode.EMPTY_DICT)
                        .op(Opcode.MEMOIZE)
                        .op(Opcode.MARK)
                        .text("a")
                        .op(Opcode.MEMOIZE)
                        .integer(1)
                        .op(Opcode.SETITEMS)
                        .stop());
        corpus.add(
                "a byte array in protocol 5",
                UNSAFE,
                PickleWriter.protocol(5)
                        .op(Opcode.BYTEARRAY8)
                        .raw(PickleWriter.little(3, 8))
                        .raw((byte) 1, (byte) 2, (byte) 3)
                        .op(Opcode.MEMOIZE)
                        .stop());
        corpus.add("None", UNSAFE, PickleWriter.protocol(4).op(Opcode.NONE).stop());
        corpus.add(
                "two pickles",
                UNSAFE,
                join(
                        PickleWriter.protocol(2).op(Opcode.NONE).stop(),
                        PickleWriter.protocol(2).op(Opcode.NEWTRUE).stop()));
        corpus.add(
                "words that attackers import",
                UNSAFE,
                PickleWriter.protocol(4)
                        .op(Opcode.EMPTY_LIST)
                        .op(Opcode.MARK)
                        .text("os")
                        .text("system")
                        .text("eval")
                        .op(Opcode.APPENDS)
                        .stop());
        corpus.add(
                "an ordered dictionary",
                UNSAFE,
                PickleWriter.protocol(2)
                        .global("collections", "OrderedDict")
                        .op(Opcode.EMPTY_TUPLE)
                        .reduce()
                        .stop());
        corpus.add(
                "an object of Python 2's copy_reg",
                IMPORT,
                latin1("ccopy_reg\n_reconstructor\np0\n(c__main__\nModel\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n."));
        corpus.add(
                "a pickle of a harmless pickle",
                UNSAFE,
                PickleWriter.protocol(4)
                        .bytes(PickleWriter.protocol(4).op(Opcode.EMPTY_LIST).stop())
                        .stop());
        corpus.add(
                "a path",
                UNSAFE,
                PickleWriter.protocol(4)
                        .stackGlobal("pathlib", "PosixPath")
                        .callWith("model")
                        .stop());
    }

    private static void numpy(PickleCorpus corpus) {
        corpus.add(
                "an array of NumPy",
                UNSAFE,
                hex("80049588000000000000008c156e756d70792e636f72652e6d756c746961727261"
                        + "79948c0c5f7265636f6e7374727563749493948c056e756d7079948c076e6461727261799493944b00859443016294"
                        + "87945294284b014b0185946803" + "8c0564747970659493948c026638948988879452942849" + "30330a"
                        + "8c013c944e4e4e4affffffff4affffffff4b007494628943080000000000000000947494622e"));
        corpus.add(
                "an array of joblib",
                UNSAFE,
                HostileContainers.joblib("f8", 2, true, join(new byte[] {2, -1, -1}, new byte[16]), new byte[] {'.'}));
        corpus.add(
                "an array of joblib of objects that are data",
                UNSAFE,
                HostileContainers.joblib(
                        "O8",
                        1,
                        false,
                        PickleWriter.protocol(4).op(Opcode.EMPTY_LIST).stop(),
                        new byte[] {'.'}));
        corpus.add(
                "an .npy file of objects that are data",
                UNSAFE,
                HostileContainers.npy(
                        "'|O'",
                        "(1,)",
                        PickleWriter.protocol(4).op(Opcode.EMPTY_LIST).stop()));
    }

    private static void torch(PickleCorpus corpus) {
        PickleWriter tensor = PickleWriter.protocol(2)
                .global("collections", "OrderedDict")
                .op(Opcode.EMPTY_TUPLE)
                .reduce()
                .put(0)
                .text("weight")
                .global("torch._utils", "_rebuild_tensor_v2")
                .op(Opcode.MARK)
                .op(Opcode.MARK)
                .text("storage")
                .global("torch", "FloatStorage")
                .text("0")
                .text("cpu")
                .integer(4)
                .op(Opcode.TUPLE)
                .op(Opcode.BINPERSID)
                .integer(0)
                .integer(4)
                .op(Opcode.TUPLE1)
                .op(Opcode.NEWFALSE)
                .op(Opcode.TUPLE)
                .reduce()
                .op(Opcode.SETITEM);
        byte[] state = tensor.stop();
        corpus.add("tensors of PyTorch", UNSAFE, state);
        byte[] magic = hex("80028a0a6cfc9c46f9206aa850192e");
        byte[] version = PickleWriter.protocol(2).integer(1001).stop();
        byte[] system = PickleWriter.protocol(2).op(Opcode.EMPTY_DICT).put(0).stop();
        byte[] keys = PickleWriter.protocol(2).op(Opcode.EMPTY_LIST).put(0).stop();
        byte[] storage = {4, 0, 0, 0, 0, 0, 0, 0, 0, 0, -128, 63};
        corpus.add("a legacy file of PyTorch", UNSAFE, join(magic, version, system, state, keys, storage));
        corpus.add(
                "a tensor with its storage in bytes",
                UNSAFE,
                PickleWriter.protocol(4)
                        .stackGlobal("torch.storage", "_load_from_bytes")
                        .bytes(join(magic, version, system, state, keys, storage))
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .stop());
    }

    private static void models(PickleCorpus corpus) {
        corpus.add(
                "a model of scikit-learn",
                IMPORT,
                PickleWriter.protocol(4)
                        .stackGlobal("sklearn.linear_model._logistic", "LogisticRegression")
                        .op(Opcode.EMPTY_TUPLE)
                        .op(Opcode.NEWOBJ)
                        .op(Opcode.EMPTY_DICT)
                        .text("_sklearn_version")
                        .text("1.5.0")
                        .op(Opcode.SETITEM)
                        .op(Opcode.BUILD)
                        .stop());
        corpus.add(
                "a model of XGBoost",
                IMPORT,
                PickleWriter.protocol(4)
                        .stackGlobal("xgboost.core", "Booster")
                        .op(Opcode.EMPTY_TUPLE)
                        .op(Opcode.NEWOBJ)
                        .stop());
        corpus.add(
                "a model of LightGBM",
                IMPORT,
                PickleWriter.protocol(4)
                        .stackGlobal("lightgbm.basic", "Booster")
                        .op(Opcode.EMPTY_TUPLE)
                        .op(Opcode.NEWOBJ)
                        .stop());
        corpus.add(
                "a network of PyTorch",
                IMPORT,
                PickleWriter.protocol(2)
                        .global("torch.nn.modules.linear", "Linear")
                        .op(Opcode.EMPTY_TUPLE)
                        .op(Opcode.NEWOBJ)
                        .stop());
        corpus.add(
                "a member of an enumeration by Python 3.11",
                IMPORT,
                PickleWriter.protocol(4)
                        .stackGlobal("builtins", "getattr")
                        .stackGlobal("acme.colors", "Color")
                        .text("RED")
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .stop());
        corpus.add(
                "a partial of a class of PyTorch",
                IMPORT,
                PickleWriter.protocol(4)
                        .stackGlobal("functools", "partial")
                        .stackGlobal("torch.nn.modules.normalization", "LayerNorm")
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .stop());
        corpus.add(
                "a module for functions of cloudpickle",
                CODE,
                PickleWriter.protocol(4)
                        .stackGlobal("cloudpickle.cloudpickle", "subimport")
                        .callWith("os")
                        .stop());
        corpus.add(
                "a function by cloudpickle",
                CODE,
                PickleWriter.protocol(4)
                        .stackGlobal("cloudpickle.cloudpickle", "_make_function")
                        .op(Opcode.EMPTY_TUPLE)
                        .reduce()
                        .stop());
        corpus.add(
                "a function by dill",
                CODE,
                PickleWriter.protocol(4)
                        .stackGlobal("dill._dill", "_create_function")
                        .op(Opcode.EMPTY_TUPLE)
                        .reduce()
                        .stop());
    }

    private static void broken(PickleCorpus corpus) {
        byte[] list = PickleWriter.protocol(4)
                .frame(4)
                .op(Opcode.EMPTY_LIST)
                .op(Opcode.MEMOIZE)
                .integer(1)
                .written();
        corpus.add("a pickle without its end", CORRUPT, list);
        corpus.add("a pickle with something else inside", CORRUPT, join(list, new byte[] {(byte) 0xFF, 'a', '.'}));
        corpus.add("a pickle with something behind it", CORRUPT, join(list, new byte[] {'a', '.', 0, 0}));
        corpus.add(
                "an array of joblib without its end",
                CORRUPT,
                HostileContainers.joblib("f8", 1 << 20, false, new byte[8], new byte[] {'.'}));
    }
}
