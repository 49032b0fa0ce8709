package io.github.mlmaven.inspect.scan.pickle;

import static io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict.CODE;
import static io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict.IMPORT;

import java.nio.charset.StandardCharsets;

/** How attackers hide what they call. */
final class HostileTricks {

    static final byte[] SYSTEM = PickleWriter.protocol(4)
            .stackGlobal("posix", "system")
            .callWith("id")
            .stop();

    private HostileTricks() {}

    static void addTo(PickleCorpus corpus) {
        calls(corpus);
        states(corpus);
        unknown(corpus);
    }

    static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void calls(PickleCorpus corpus) {
        corpus.hostile(
                "a result that is thrown away",
                PickleWriter.protocol(2)
                        .global("os", "system")
                        .callWith("id")
                        .op(Opcode.POP)
                        .op(Opcode.EMPTY_DICT)
                        .stop());
        corpus.hostile(
                "a function out of the memo",
                PickleWriter.protocol(2)
                        .global("os", "system")
                        .put(0)
                        .op(Opcode.POP)
                        .op(Opcode.EMPTY_LIST)
                        .get(0)
                        .callWith("id")
                        .op(Opcode.APPEND)
                        .stop());
        corpus.hostile(
                "NEWOBJ",
                PickleWriter.protocol(2)
                        .global("subprocess", "Popen")
                        .text("id")
                        .op(Opcode.TUPLE1)
                        .op(Opcode.NEWOBJ)
                        .stop());
        corpus.hostile(
                "NEWOBJ_EX",
                PickleWriter.protocol(4)
                        .stackGlobal("subprocess", "Popen")
                        .op(Opcode.EMPTY_TUPLE)
                        .op(Opcode.EMPTY_DICT)
                        .op(Opcode.NEWOBJ_EX)
                        .stop());
        corpus.hostile(
                "arguments in a list, as pickle.py takes them",
                PickleWriter.protocol(2)
                        .global("os", "system")
                        .op(Opcode.EMPTY_LIST)
                        .text("id")
                        .op(Opcode.APPEND)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a chain of getattr",
                PickleWriter.protocol(4)
                        .stackGlobal("builtins", "getattr")
                        .stackGlobal("collections", "abc")
                        .text("sys")
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .stop());
        corpus.hostile(
                "getattr in an argument",
                PickleWriter.protocol(4)
                        .stackGlobal("acme", "call")
                        .stackGlobal("builtins", "getattr")
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .stop());
        corpus.hostile(
                "getattr of what an import returns",
                PickleWriter.protocol(4)
                        .stackGlobal("builtins", "getattr")
                        .stackGlobal("cloudpickle.cloudpickle", "subimport")
                        .callWith("os")
                        .text("popen2")
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .stop());
        corpus.hostile(
                "getattr of a module that loads",
                PickleWriter.protocol(4)
                        .stackGlobal("builtins", "getattr")
                        .stackGlobal("torch", "serialization")
                        .text("load")
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .stop());
        corpus.hostile(
                "getattr once well and once not",
                PickleWriter.protocol(4)
                        .stackGlobal("builtins", "getattr")
                        .put(9)
                        .stackGlobal("acme", "Color")
                        .text("RED")
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .get(9)
                        .stop());
        corpus.hostile(
                "setattr of a class of a library",
                PickleWriter.protocol(4)
                        .stackGlobal("builtins", "setattr")
                        .stackGlobal("collections", "OrderedDict")
                        .text("update")
                        .op(Opcode.NONE)
                        .op(Opcode.TUPLE3)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a call of a partial",
                PickleWriter.protocol(4)
                        .stackGlobal("functools", "partial")
                        .stackGlobal("acme", "call")
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .op(Opcode.EMPTY_TUPLE)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a partial of a weapon",
                PickleWriter.protocol(4)
                        .stackGlobal("functools", "partial")
                        .stackGlobal("os", "system")
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a chain of attrgetter",
                PickleWriter.protocol(4)
                        .stackGlobal("operator", "attrgetter")
                        .callWith("modules")
                        .op(Opcode.EMPTY_TUPLE)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a default factory",
                PickleWriter.protocol(2)
                        .global("collections", "defaultdict")
                        .global("pdb", "set_trace")
                        .op(Opcode.TUPLE1)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a constructor of random generators",
                PickleWriter.protocol(2)
                        .global("numpy.random._pickle", "__generator_ctor")
                        .text("id")
                        .global("os", "system")
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a function that it carries and calls",
                PickleWriter.protocol(4)
                        .stackGlobal("types", "FunctionType")
                        .op(Opcode.NONE)
                        .op(Opcode.EMPTY_DICT)
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .op(Opcode.EMPTY_TUPLE)
                        .reduce()
                        .stop());
        corpus.hostile("code that starts programs", code("os", "system"));
        corpus.add("code that computes", CODE, code("math", "sqrt"));
    }

    private static byte[] code(String... names) {
        PickleWriter writer = PickleWriter.protocol(4)
                .stackGlobal("cloudpickle.cloudpickle", "_builtin_type")
                .callWith("CodeType")
                .op(Opcode.MARK)
                .integer(1)
                .bytes((byte) 1, (byte) 2)
                .op(Opcode.MARK);
        for (String name : names) {
            writer.text(name);
        }
        return writer.op(Opcode.TUPLE).text("f").op(Opcode.TUPLE).reduce().stop();
    }

    private static void states(PickleCorpus corpus) {
        corpus.hostile(
                "a state that replaces __setstate__",
                PickleWriter.protocol(2)
                        .global("sklearn.base", "BaseEstimator")
                        .op(Opcode.EMPTY_TUPLE)
                        .op(Opcode.NEWOBJ)
                        .op(Opcode.EMPTY_DICT)
                        .text("__setstate__")
                        .global("os", "system")
                        .op(Opcode.SETITEM)
                        .op(Opcode.BUILD)
                        .text("id")
                        .op(Opcode.BUILD)
                        .stop());
        corpus.hostile(
                "a state in slots",
                PickleWriter.protocol(2)
                        .global("collections", "OrderedDict")
                        .op(Opcode.EMPTY_TUPLE)
                        .op(Opcode.NEWOBJ)
                        .op(Opcode.NONE)
                        .op(Opcode.EMPTY_DICT)
                        .text("__class__")
                        .op(Opcode.NONE)
                        .op(Opcode.SETITEM)
                        .op(Opcode.TUPLE2)
                        .op(Opcode.BUILD)
                        .stop());
        corpus.hostile(
                "a change of a class itself",
                PickleWriter.protocol(2)
                        .global("collections", "OrderedDict")
                        .op(Opcode.EMPTY_DICT)
                        .text("update")
                        .op(Opcode.NONE)
                        .op(Opcode.SETITEM)
                        .op(Opcode.BUILD)
                        .stop());
    }

    private static void unknown(PickleCorpus corpus) {
        corpus.add("a module that nobody knows", IMPORT, latin1("cacme.loader\nrun\n(S'id'\ntR."));
        corpus.add("a module that nobody knows, broken", IMPORT, latin1("cacme\nrun\n(S'id'\ntR\u00ff"));
        corpus.add("a module that nobody knows, by INST", IMPORT, latin1("(S'id'\niacme\nrun\n."));
        corpus.add(
                "an extension of one byte",
                IMPORT,
                PickleWriter.protocol(2).op(Opcode.EXT1, 7).callWith("id").stop());
        corpus.add("an extension of two bytes", IMPORT, latin1("\u0083\u0007\u0001)R."));
        corpus.add("an extension of four bytes", IMPORT, latin1("\u0084\u0007\u0001\u0001\u0000)R."));
        corpus.hostile(
                "an extension that is registered",
                PickleWriter.protocol(2)
                        .global("copyreg", "add_extension")
                        .text("os")
                        .text("system")
                        .integer(7)
                        .op(Opcode.TUPLE3)
                        .reduce()
                        .op(Opcode.EXT1, 7)
                        .callWith("id")
                        .stop());
        corpus.add(
                "a base that is no object",
                IMPORT,
                PickleWriter.protocol(2)
                        .global("copyreg", "_reconstructor")
                        .global("collections", "OrderedDict")
                        .global("collections", "OrderedDict")
                        .op(Opcode.NONE)
                        .op(Opcode.TUPLE3)
                        .reduce()
                        .stop());
        corpus.add(
                "an attribute of a harmless class",
                IMPORT,
                PickleWriter.protocol(4)
                        .stackGlobal("collections", "OrderedDict.fromkeys")
                        .callWith("id")
                        .stop());
    }
}
