package io.github.mlmaven.inspect.scan.pickle;

import java.nio.charset.StandardCharsets;

/** Attacks in streams that scanners take for something else, or give up on. */
final class HostileStreams {

    private HostileStreams() {}

    static void addTo(PickleCorpus corpus) {
        texts(corpus);
        breaks(corpus);
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void texts(PickleCorpus corpus) {
        corpus.hostile("the shortest text", latin1("cos\nsystem\n(S'id'\ntR."));
        corpus.hostile("a text behind harmless opcodes", latin1("I1\n0N0(lp0\n0cos\nsystem\n(S'id'\ntR."));
        corpus.hostile("a text behind an unused string", latin1("Vharmless\n0cos\nsystem\n(S'id'\ntR."));
        corpus.hostile(
                "a text behind a line of two mebibytes",
                latin1("V" + "x".repeat(2 << 20) + "\n0cos\nsystem\n(S'id'\ntR."));
        corpus.hostile("a text behind many marks", latin1("(((((((((1111cos\nsystem\n(S'id'\ntR."));
        corpus.hostile("a text with Windows' line ends", latin1("cos\r\nsystem\r\n(S'id'\r\ntR."));
        corpus.hostile("a text by INST", latin1("(S'id'\nios\nsystem\n."));
        corpus.hostile("a text by OBJ", latin1("(cos\nsystem\nS'id'\no."));
        corpus.hostile("a text that returns what it imports", latin1("cos\nsystem\n."));
        corpus.hostile("a text within a list", latin1("(lp0\ncposix\nsystem\np1\n(S'id'\np2\ntp3\nRp4\na."));
        corpus.hostile("a text within a dictionary", latin1("(dp0\nS'a'\np1\ncnt\nsystem\n(S'dir'\ntRs."));
        corpus.hostile("names in escapes", latin1("S'\\x6f\\163'\nV\\u0073ystem\n\u0093(S'id'\ntR."));
        corpus.hostile("a call without arguments", latin1("cpdb\nset_trace\n)R."));
        corpus.hostile("a header in the middle", latin1("N0\u0080\u0004cos\nsystem\n(S'id'\ntR."));
        corpus.hostile(
                "no header before binary opcodes",
                latin1("\u008c\u0002os\u008c\u0006system\u0093\u008c\u0002id\u0085R."));
        corpus.hostile(
                "a wrong header for its opcodes",
                PickleWriter.protocol(0)
                        .stackGlobal("os", "system")
                        .callWith("id")
                        .stop());
    }

    private static void breaks(PickleCorpus corpus) {
        PickleWriter system =
                PickleWriter.protocol(4).stackGlobal("os", "system").callWith("id");
        corpus.hostile("no STOP", system.written());
        corpus.hostile("a text without a STOP", latin1("cos\nsystem\n(S'id'\ntR"));
        corpus.hostile("a text that ends before its call", latin1("cos\nsystem\n(S'id'\nt"));
        corpus.hostile("an unknown opcode behind the call", latin1("cos\nsystem\n(S'id'\ntR\u00ff\u00ff"));
        corpus.hostile("a zero behind the call", system.raw((byte) 0).stop());
        corpus.hostile("an empty stack behind the call", latin1("\u0080\u0002cos\nsystem\n(S'id'\ntR00000."));
        corpus.hostile("a memo that is empty", latin1("\u0080\u0002cos\nsystem\n(S'id'\ntRh\u0009."));
        corpus.hostile(
                "a length that is too large", latin1("\u0080\u0002cos\nsystem\n(S'id'\ntRX\u00ff\u00ff\u00ff\u007f"));
        corpus.hostile("a negative length", latin1("\u0080\u0002cos\nsystem\n(S'id'\ntRT\u00ff\u00ff\u00ff\u00ff"));
        corpus.hostile(
                "a frame that is too long",
                PickleWriter.protocol(4)
                        .frame(100_000)
                        .stackGlobal("os", "system")
                        .callWith("id")
                        .stop());
        corpus.hostile(
                "a frame of nothing",
                PickleWriter.protocol(4)
                        .frame(0)
                        .stackGlobal("os", "system")
                        .callWith("id")
                        .stop());
        corpus.hostile("something behind the STOP", latin1("cos\nsystem\n(S'id'\ntR.\u0000\u0000PK\u0003\u0004"));
        corpus.hostile("a string without quotes behind the call", latin1("cos\nsystem\n(S'id'\ntRSno\n."));
        corpus.hostile(
                "a protocol that does not exist, behind the call", latin1("cos\nsystem\n(S'id'\ntR\u0080\u0099."));
    }
}
