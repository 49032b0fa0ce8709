package io.github.mlmaven.inspect.scan.pickle;

import static io.github.mlmaven.inspect.scan.pickle.PickleCase.Verdict.NOT_A_PICKLE;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Files that start with opcodes, and are no pickles. */
final class OtherFiles {

    private OtherFiles() {}

    static void addTo(PickleCorpus corpus) {
        text(corpus, "a program", "import os\nos.system('id')\n");
        text(corpus, "a program that speaks of pickles", "from os import system\nsystem('id')\n");
        text(corpus, "a table", "class,weight\n1,2\n");
        text(corpus, "JSON", "{\"a\": [1, 2]}");
        text(corpus, "a list in JSON", "[\"cos\", \"system\"]");
        text(corpus, "names of functions", "cos\nsin\ntan\n");
        text(corpus, "names of two functions", "cos\nsystem\n");
        text(corpus, "names of animals", "cat\ndog\nbird\n");
        text(corpus, "names of animals behind a mark", "cat\ndog\n(and others)\n");
        text(corpus, "what is ignored", "coverage\nbuild\n.idea\n");
        text(corpus, "a note", "N.B. this is no pickle\n");
        text(corpus, "a title", "Version 1\n.\n");
        text(corpus, "numbers", "1\n2\n3\n");
        text(corpus, "a sentence", "Some words\nand more.\n");
        text(corpus, "a remark", "(in other words\nnothing\n)\n");
        text(corpus, "bases", "NNNNNNNNACGT\n");
        text(corpus, "requirements", "numpy==1.26\ntorch\n");
        text(corpus, "a long word", "c" + "0f".repeat(1000) + "\n" + "0f".repeat(1000) + "\n");
        text(corpus, "a vocabulary", "[PAD]\n[UNK]\nthe\n");
        text(corpus, "a pickle behind a line", "#\ncos\nsystem\n(S'id'\ntR.");
        bytes(corpus, "nothing");
        bytes(corpus, "an ONNX model", 8, 8, 18, 4, 't', 'e', 's', 't', 58, 0);
        bytes(corpus, "a PNG image", 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0);
        bytes(corpus, "an archive", 'P', 'K', 3, 4, 20, 0, 10, 0, '.');
        bytes(corpus, "a GGUF model", 'G', 'G', 'U', 'F', 3, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
        bytes(corpus, "an HDF5 file", 0x89, 'H', 'D', 'F', 13, 10, 26, 10);
        bytes(corpus, "half a header", 0x80);
        bytes(corpus, "a header", 0x80, 4);
        bytes(corpus, "a protocol that does not exist", 0x80, 9, 'N', '.');
        ByteBuffer weights = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(1);
        while (weights.hasRemaining()) {
            weights.putFloat((float) random.nextGaussian());
        }
        corpus.add("weights", NOT_A_PICKLE, weights.array());
        corpus.add("numbers of NumPy", NOT_A_PICKLE, HostileContainers.npy("'<f4'", "(3, 4)", new byte[48]));
    }

    private static void text(PickleCorpus corpus, String name, String text) {
        corpus.add(name, NOT_A_PICKLE, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(PickleCorpus corpus, String name, int... bytes) {
        byte[] all = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            all[i] = (byte) bytes[i];
        }
        corpus.add(name, NOT_A_PICKLE, all);
    }
}
