package io.github.mlmaven.inspect.scan.pickle;

/** How attackers hide the names of what they import. */
final class HostileNames {

    private HostileNames() {}

    static void addTo(PickleCorpus corpus) {
        corpus.hostile(
                "names out of the memo",
                PickleWriter.protocol(4)
                        .text("system")
                        .put(7)
                        .text("os")
                        .put(9)
                        .op(Opcode.POP)
                        .op(Opcode.POP)
                        .get(9)
                        .get(7)
                        .op(Opcode.STACK_GLOBAL)
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a name that is there twice",
                PickleWriter.protocol(4)
                        .text("pty")
                        .op(Opcode.DUP)
                        .op(Opcode.STACK_GLOBAL)
                        .op(Opcode.EMPTY_TUPLE)
                        .reduce()
                        .stop());
        corpus.hostile(
                "a memo that is written over",
                PickleWriter.protocol(4)
                        .text("collections")
                        .put(0)
                        .text("os")
                        .put(0)
                        .get(0)
                        .text("system")
                        .op(Opcode.STACK_GLOBAL)
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a memo with a hole", HostileTricks.latin1("Vos\np999999999\n0g999999999\nVsystem\n\u0093(S'id'\ntR."));
        corpus.hostile(
                "a name that is thrown away first",
                PickleWriter.protocol(4)
                        .text("os")
                        .text("collections")
                        .op(Opcode.POP)
                        .text("system")
                        .op(Opcode.STACK_GLOBAL)
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "names in front of a mark", HostileTricks.latin1("Vos\nVsystem\n(VOrderedDict\n1\u0093(S'id'\ntR."));
        corpus.hostile(
                "names in bytes of Python 2",
                HostileTricks.latin1("\u0080\u0002U\u0002osU\u0006system\u0093U\u0002id\u0085R."));
        corpus.hostile(
                "a name that is computed",
                PickleWriter.protocol(4)
                        .stackGlobal("builtins", "str")
                        .callWith("os")
                        .text("system")
                        .op(Opcode.STACK_GLOBAL)
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a name of a thousand characters",
                PickleWriter.protocol(4)
                        .global("os" + ".path".repeat(300), "os")
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a module with a space behind it",
                PickleWriter.protocol(2).global("os ", "system").callWith("id").stop());
        corpus.hostile(
                "a module in wide letters",
                PickleWriter.protocol(4)
                        .stackGlobal("\uff4f\uff53", "system")
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a module with an invisible letter",
                PickleWriter.protocol(4)
                        .stackGlobal("o\u200bs", "system")
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a special attribute of a function",
                PickleWriter.protocol(4)
                        .stackGlobal("os", "system.__call__")
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a special attribute of a harmless class",
                PickleWriter.protocol(4)
                        .stackGlobal("collections", "OrderedDict.__reduce_ex__")
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a module through another",
                PickleWriter.protocol(4)
                        .stackGlobal("logging", "os.system")
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "an import that a function of NumPy does",
                PickleWriter.protocol(4)
                        .stackGlobal("numpy.core", "_ufunc_reconstruct")
                        .text("os")
                        .text("system")
                        .op(Opcode.TUPLE2)
                        .reduce()
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "an import that dill does",
                PickleWriter.protocol(4)
                        .stackGlobal("dill._dill", "_import_module")
                        .callWith("os.system")
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "an import that cloudpickle does, changed",
                PickleWriter.protocol(4)
                        .stackGlobal("cloudpickle.cloudpickle", "subimport")
                        .callWith("os")
                        .op(Opcode.EMPTY_DICT)
                        .op(Opcode.BUILD)
                        .stop());
    }
}
