package io.github.mlmaven.inspect.scan.pickle;

import static io.github.mlmaven.inspect.scan.pickle.HostileTricks.SYSTEM;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Where attackers put pickles: behind others, into strings, into arrays. */
final class HostileContainers {

    private static final byte[] MAGIC = HexFormat.of().parseHex("80028a0a6cfc9c46f9206aa850192e");
    private static final byte[] TEXT = "cos\nsystem\n(S'id'\ntR.".getBytes(StandardCharsets.ISO_8859_1);

    private HostileContainers() {}

    static void addTo(PickleCorpus corpus) {
        chains(corpus);
        strings(corpus);
        arrays(corpus);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static void chains(PickleCorpus corpus) {
        byte[] none = PickleWriter.protocol(2).op(Opcode.NONE).stop();
        byte[] version = PickleWriter.protocol(2).integer(1001).stop();
        byte[] system = PickleWriter.protocol(2).op(Opcode.EMPTY_DICT).put(0).stop();
        corpus.hostile("the second of two", join(none, SYSTEM));
        corpus.hostile("a text as the second", join(none, TEXT));
        corpus.hostile("a text behind a text that ends at once", join("N.".getBytes(StandardCharsets.UTF_8), TEXT));
        corpus.hostile("the object of a legacy file of PyTorch", join(MAGIC, version, system, SYSTEM));
        corpus.hostile("the keys of a legacy file of PyTorch", join(MAGIC, version, system, none, SYSTEM));
        corpus.hostile(
                "a legacy file of PyTorch with another number",
                join(PickleWriter.protocol(2).integer(1234).stop(), version, system, SYSTEM));
        corpus.hostile(
                "a number of PyTorch that is computed",
                PickleWriter.protocol(2)
                        .global("builtins", "eval")
                        .callWith("0x1950a86a20f9469cfc6c")
                        .stop());
        corpus.hostile(
                "a magic number that is pushed and thrown away",
                join(
                        PickleWriter.protocol(2)
                                .op(Opcode.LONG1, 1, 1)
                                .op(Opcode.POP)
                                .written(),
                        TEXT));
    }

    private static void strings(PickleCorpus corpus) {
        corpus.hostile("bytes", PickleWriter.protocol(4).bytes(SYSTEM).stop());
        corpus.hostile(
                "bytes that are a text", PickleWriter.protocol(4).bytes(TEXT).stop());
        corpus.hostile(
                "bytes in bytes",
                PickleWriter.protocol(4)
                        .bytes(PickleWriter.protocol(3).bytes(TEXT).stop())
                        .stop());
        corpus.hostile(
                "bytes with a hundred kilobytes in front",
                PickleWriter.protocol(4)
                        .bytes(join(
                                PickleWriter.protocol(4)
                                        .text("x".repeat(100_000))
                                        .written(),
                                new PickleWriter().op(Opcode.POP).raw(SYSTEM).written()))
                        .stop());
        corpus.hostile(
                "a byte array",
                PickleWriter.protocol(5)
                        .op(Opcode.BYTEARRAY8)
                        .raw(PickleWriter.little(SYSTEM.length, 8))
                        .raw(SYSTEM)
                        .stop());
        corpus.hostile(
                "a string of Python 2",
                PickleWriter.protocol(2)
                        .op(Opcode.SHORT_BINSTRING, SYSTEM.length)
                        .raw(SYSTEM)
                        .stop());
        corpus.hostile(
                "a string in quotes",
                "(lp0\nS'cos\\nsystem\\n(S\\'id\\'\\ntR.'\np1\na.".getBytes(StandardCharsets.ISO_8859_1));
        corpus.hostile(
                "a text that becomes bytes",
                PickleWriter.protocol(2)
                        .global("_codecs", "encode")
                        .text(new String(TEXT, StandardCharsets.ISO_8859_1))
                        .text("latin1")
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a loader within a loader",
                PickleWriter.protocol(4)
                        .stackGlobal("_pickle", "loads")
                        .bytes(SYSTEM)
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a storage of PyTorch",
                PickleWriter.protocol(4)
                        .stackGlobal("torch.storage", "_load_from_bytes")
                        .bytes(join(MAGIC, SYSTEM))
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .stop());
        corpus.add(
                "a storage of PyTorch that is an archive",
                PickleCase.Verdict.IMPORT,
                PickleWriter.protocol(4)
                        .stackGlobal("torch.storage", "_load_from_bytes")
                        .bytes("PK\u0003\u0004".getBytes(StandardCharsets.ISO_8859_1))
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .stop());
    }

    private static void arrays(PickleCorpus corpus) {
        corpus.hostile("an array of objects", npy("'|O'", "(1,)", SYSTEM));
        corpus.hostile("an array of records with objects", npy("[('a', '<f4'), ('b', '|O')]", "(1,)", SYSTEM));
        corpus.hostile("an array of a dtype that NumPy guesses", npy("'f4,O'", "(1,)", SYSTEM));
        corpus.hostile(
                "an array of objects behind a harmless pickle",
                npy(
                        "'|O'",
                        "(1,)",
                        join(PickleWriter.protocol(2).op(Opcode.NONE).stop(), SYSTEM)));
        byte[] eight = {1, 2, 3, 4, 5, 6, 7, 8};
        corpus.hostile("behind an array of joblib", joblib("f8", 1, false, eight, join(new byte[] {'0'}, TEXT)));
        corpus.hostile(
                "behind an aligned array of joblib",
                joblib("f8", 1, true, join(new byte[] {3, -1, -1, -1}, eight), join(new byte[] {'0'}, TEXT)));
        corpus.hostile("an array of joblib of objects", joblib("O8", 1, false, SYSTEM, new byte[] {'.'}));
        corpus.hostile(
                "within an array of joblib, for those who load it without",
                joblib("S" + (TEXT.length + 1), 1, false, join(new byte[] {'0'}, TEXT), new byte[] {'.'}));
        corpus.hostile(
                "behind an array of joblib that nobody can skip",
                joblib("Z9", 1, false, new byte[0], join(new byte[] {'0'}, TEXT)));
    }

    /** An {@code .npy} file of version 1. */
    static byte[] npy(String descr, String shape, byte[] elements) {
        String header = "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] magic = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0};
        return join(magic, text, elements);
    }

    /** As joblib writes an array: its wrapper with its state, the elements, and what comes then. */
    static byte[] joblib(String dtype, int length, boolean aligned, byte[] elements, byte[] then) {
        PickleWriter writer = PickleWriter.protocol(3)
                .global("joblib.numpy_pickle", "NumpyArrayWrapper")
                .op(Opcode.EMPTY_TUPLE)
                .op(Opcode.NEWOBJ)
                .op(Opcode.EMPTY_DICT)
                .op(Opcode.MARK)
                .text("subclass")
                .global("numpy", "ndarray")
                .text("shape")
                .integer(length)
                .op(Opcode.TUPLE1)
                .text("dtype")
                .global("numpy", "dtype")
                .text(dtype)
                .op(Opcode.NEWFALSE)
                .op(Opcode.NEWTRUE)
                .op(Opcode.TUPLE3)
                .reduce()
                .text("numpy_array_alignment_bytes");
        PickleWriter state = aligned ? writer.integer(16) : writer.op(Opcode.NONE);
        return state.op(Opcode.SETITEMS)
                .op(Opcode.BUILD)
                .raw(elements)
                .raw(then)
                .written();
    }
}
