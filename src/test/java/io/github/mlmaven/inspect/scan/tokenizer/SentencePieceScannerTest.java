package io.github.mlmaven.inspect.scan.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.onnx.Proto;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.Scanned;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePieceScannerTest {

    @TempDir
    Path folder;

    public static Proto pieces() {
        return new Proto()
                .message(1, new Proto().text(1, "<unk>").float32(2, 0).number(3, 2))
                .message(1, new Proto().text(1, "\u2581the").float32(2, -1.5f));
    }

    @Test
    void aVocabularyIsData() throws Exception {
        byte[] bytes = pieces().message(2, new Proto().text(1, "corpus.txt"))
                .message(3, new Proto().text(1, "nmt_nfkc"))
                .toBytes();

        ScanResult result = Scanned.of(folder, "spiece.model", bytes);

        assertThat(result.kind()).isEqualTo(Kind.DATA);
        assertThat(result.format()).isEqualTo("a SentencePiece vocabulary, 2 pieces");
    }

    @Test
    void whatIsNoneToItsLastByteIsUnknown() throws Exception {
        byte[][] others = {
            pieces().toBytes(),
            pieces().message(2, new Proto()).text(9, "x").toBytes(),
            pieces().message(2, new Proto()).raw(1).toBytes(),
            pieces().message(2, new Proto()).tagAndLength(1, 1000).toBytes(),
            new Proto()
                    .message(1, new Proto().text(4, "x"))
                    .message(2, new Proto())
                    .toBytes(),
            new Proto()
                    .bytes(1, new byte[] {10, 2, 'a'})
                    .message(2, new Proto())
                    .toBytes(),
        };
        for (byte[] other : others) {
            assertThat(Scanned.of(folder, "spiece.model", other).format()).isIn("not recognised", "text");
        }
    }
}
