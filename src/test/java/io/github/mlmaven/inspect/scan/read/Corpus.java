package io.github.mlmaven.inspect.scan.read;

import io.github.mlmaven.inspect.onnx.Onnx;
import io.github.mlmaven.inspect.onnx.Proto;
import io.github.mlmaven.inspect.scan.tensors.Gguf;
import io.github.mlmaven.inspect.scan.tensors.Safetensors;
import io.github.mlmaven.inspect.scan.trees.Trees;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files of weights, trees, XML, templates and vocabularies, sound and hostile, with what a scan must say of each. */
public final class Corpus {

    /** What a scan comes to, heaviest first. */
    public enum Verdict {
        UNSAFE,
        BROKEN,
        UNSERVED,
        UNKNOWN,
        MODEL,
        DATA
    }

    /**
     * One file.
     *
     * @param name its name, which says what is special about it
     * @param bytes its content
     * @param expected what a scan must come to
     */
    public record Case(String name, byte[] bytes, Verdict expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final List<Case> cases = new ArrayList<>();

    private Corpus() {}

    public static List<Case> cases() {
        Corpus corpus = new Corpus();
        corpus.addWeights();
        corpus.addTrees();
        corpus.addXml();
        corpus.addTemplates();
        corpus.addOthers();
        return List.copyOf(corpus.cases);
    }

    private void add(String name, byte[] bytes, Verdict expected) {
        cases.add(new Case(name, bytes, expected));
    }

    private void add(String name, String text, Verdict expected) {
        add(name, text.getBytes(StandardCharsets.UTF_8), expected);
    }

    private void addWeights() {
        String a = Safetensors.tensor("a", "F32", "[2]", 0, 8);
        add("sound.safetensors", Safetensors.sound(), Verdict.UNSERVED);
        add("empty.safetensors", Safetensors.file("{}", 0), Verdict.UNSERVED);
        add("padded.safetensors", Safetensors.file("{" + a + "}   ", 8), Verdict.UNSERVED);
        add(
                "huge-header.safetensors",
                new Bytes().u64(1L << 40).text("{\"a\":{}}").toBytes(),
                Verdict.BROKEN);
        add(
                "negative-header.safetensors",
                new Bytes().u64(-5).text("{\"a\":{}}").toBytes(),
                Verdict.BROKEN);
        add("cut.safetensors", Arrays.copyOf(Safetensors.sound(), 60), Verdict.BROKEN);
        add("hidden-tail.safetensors", Safetensors.file("{" + a + "}", 4096), Verdict.BROKEN);
        add(
                "duplicate.safetensors",
                Safetensors.file("{" + a + "," + Safetensors.tensor("a", "F32", "[2]", 8, 16) + "}", 16),
                Verdict.BROKEN);
        add(
                "overlap.safetensors",
                Safetensors.file("{" + a + "," + Safetensors.tensor("b", "F32", "[2]", 4, 12) + "}", 12),
                Verdict.BROKEN);
        add(
                "same-place.safetensors",
                Safetensors.file("{" + a + "," + Safetensors.tensor("b", "F32", "[2]", 0, 8) + "}", 8),
                Verdict.BROKEN);
        add(
                "out-of-range.safetensors",
                Safetensors.file("{" + Safetensors.tensor("a", "U8", "[999999]", 0, 999999) + "}", 8),
                Verdict.BROKEN);
        add(
                "overflow.safetensors",
                Safetensors.file("{" + Safetensors.tensor("a", "F64", "[9223372036854775807,9]", 0, 8) + "}", 8),
                Verdict.BROKEN);
        add("deep.safetensors", Safetensors.file("{\"a\":" + "[".repeat(2000), 0), Verdict.BROKEN);
        add("number-metadata.safetensors", Safetensors.file("{\"__metadata__\":{\"a\":1}}", 0), Verdict.BROKEN);
        add("sound.gguf", Gguf.sound(), Verdict.UNSERVED);
        add("nothing.gguf", new Gguf().file(0), Verdict.UNSERVED);
        add("version-99.gguf", new Gguf().file(99, 0), Verdict.BROKEN);
        add("magic.gguf", "GGUF", Verdict.BROKEN);
        add("cut.gguf", Arrays.copyOf(Gguf.sound(), 100), Verdict.BROKEN);
        add("count.gguf", new Bytes().text("GGUF").u32(3).u64(1L << 60).u64(0).toBytes(), Verdict.BROKEN);
        add("duplicate-key.gguf", new Gguf().text("a", "b").text("a", "c").file(0), Verdict.BROKEN);
        add(
                "overlap.gguf",
                new Gguf().tensor("a", 0, 0, 16).tensor("b", 0, 32, 16).file(128),
                Verdict.BROKEN);
        add("unaligned.gguf", new Gguf().tensor("a", 0, 4, 1).file(32), Verdict.BROKEN);
        add("out-of-range.gguf", new Gguf().tensor("a", 0, 1L << 40, 1).file(32), Verdict.BROKEN);
        add(
                "template.gguf",
                new Gguf()
                        .text("tokenizer.chat_template", "{{ cycler.__init__.__globals__.os.popen('id') }}")
                        .file(0),
                Verdict.UNSAFE);
    }

    private void addTrees() {
        add("xgboost.json", Trees.XGBOOST_JSON, Verdict.UNSERVED);
        add("xgboost.ubj", Trees.xgboostUbjson(), Verdict.UNSERVED);
        add("xgboost-old.bin", Trees.xgboostLegacy(), Verdict.UNSERVED);
        add("xgboost-binf.bin", "binf....", Verdict.UNSERVED);
        add("xgboost-cut.json", "{\"learner\":{\"a\":", Verdict.BROKEN);
        add("xgboost-cut.ubj", Arrays.copyOf(Trees.xgboostUbjson(), 40), Verdict.BROKEN);
        add("lightgbm.txt", Trees.LIGHTGBM_TEXT, Verdict.UNSERVED);
        add("lightgbm.json", Trees.LIGHTGBM_JSON, Verdict.UNSERVED);
        add("lightgbm-cut.txt", Trees.LIGHTGBM_TEXT.substring(0, 60), Verdict.BROKEN);
        add("catboost.cbm", Trees.catboost(), Verdict.UNSERVED);
        add("catboost.json", Trees.CATBOOST_JSON, Verdict.UNSERVED);
        add("catboost-cut.cbm", Arrays.copyOf(Trees.catboost(), 12), Verdict.BROKEN);
    }

    private void addXml() {
        String declared = "<?xml version=\"1.0\"?>";
        add("model.pmml", declared + "<PMML version=\"4.4\"><TreeModel/></PMML>", Verdict.UNSERVED);
        add("plain.xml", declared + "<a/>", Verdict.DATA);
        add("bare.xml", "<a><b/></a>", Verdict.DATA);
        add("picture.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>", Verdict.DATA);
        add("script.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", Verdict.UNSAFE);
        add("doctype.xml", declared + "<!DOCTYPE a><a/>", Verdict.UNSAFE);
        add(
                "external.pmml",
                "<!DOCTYPE PMML [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><PMML>&x;</PMML>",
                Verdict.UNSAFE);
        add(
                "laughs.xml",
                declared + "<!DOCTYPE l [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><l>&b;</l>",
                Verdict.UNSAFE);
        add(
                "utf16-doctype.xml",
                "<?xml version=\"1.0\"?><!DOCTYPE a><a/>".getBytes(StandardCharsets.UTF_16),
                Verdict.UNSAFE);
        add("ebcdic.xml", (declared + "<!DOCTYPE a><a/>").getBytes(Charset.forName("IBM037")), Verdict.UNSAFE);
        add("deep.xml", declared + "<a>".repeat(100_000), Verdict.UNSAFE);
        add("stylesheet.xml", declared + "<?xml-stylesheet href=\"x.xsl\"?><a/>", Verdict.UNSAFE);
        add("cut.pmml", declared + "<PMML version=\"4.4\"><Tree", Verdict.BROKEN);
        add("entity.xml", declared + "<a>&x;</a>", Verdict.DATA);
        add("page.html", "<!DOCTYPE html><html></html>", Verdict.DATA);
    }

    private void addTemplates() {
        add("tokenizer_config.json", "{\"chat_template\":\"{{ messages }}\"}", Verdict.DATA);
        add("chat_template.jinja", "{% for m in messages %}{{ m.content }}{% endfor %}", Verdict.DATA);
        add("attack.json", "{\"chat_template\":\"{{ ''.__class__ }}\"}", Verdict.UNSAFE);
        add("attack-list.json", "{\"chat_template\":[{\"template\":\"{{ x|attr('a') }}\"}]}", Verdict.UNSAFE);
        add("attack-nested.json", "{\"a\":[{\"chat_template\":\"{{ x.__init__ }}\"}]}", Verdict.UNSAFE);
        add("attack-escaped.json", "{\"chat_template\":\"{{ x['\\\\x5f\\\\x5fclass__'] }}\"}", Verdict.UNSAFE);
        add("attack-unicode.json", "{\"chat_template\":\"{{ x.\\u005f_class__ }}\"}", Verdict.UNSAFE);
        add("attack.jinja", "{% import 'x' as y %}", Verdict.UNSAFE);
    }

    private void addOthers() {
        Proto vocabulary = new Proto()
                .message(1, new Proto().text(1, "<unk>").float32(2, 0).number(3, 2))
                .message(3, new Proto().text(1, "identity"));
        add("spiece.model", vocabulary.toBytes(), Verdict.DATA);
        add("model.onnx", Onnx.model(Onnx.graph()).toBytes(), Verdict.MODEL);
        add("cut.onnx", Arrays.copyOf(Onnx.model(Onnx.graph()).toBytes(), 30), Verdict.BROKEN);
        add("vocab.txt", "<unk>\n<s>\n</s>\nthe\n", Verdict.DATA);
        add("tokenizer.json", "{\"version\":\"1.0\",\"model\":{\"type\":\"BPE\"}}", Verdict.DATA);
        add("config.json", "{\"version\":[1,2]}", Verdict.DATA);
        add("empty", "", Verdict.DATA);
        add("noise.bin", new byte[] {1, 2, 3, 4, 0, 5, (byte) 200, 7}, Verdict.UNKNOWN);
    }
}
