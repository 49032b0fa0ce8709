package io.github.mlmaven.inspect.scan.tensors;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import io.github.mlmaven.inspect.scan.read.OtherModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Recognises safetensors: the length of a header, then the header, which is a JSON object. */
public final class SafetensorsScanner implements FormatScanner {

    private static final String NEXT =
            "Convert the model that the weights belong to: `optimum-cli export onnx --model DIR out/`.";

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        byte[] head = content.head(SafetensorsHeader.START + 2);
        if (!isRecognised(head, content.size())) {
            return Optional.empty();
        }
        try {
            int tensors = SafetensorsHeader.check(content);
            String format = "safetensors weights, " + tensors + (tensors == 1 ? " tensor" : " tensors");
            return Optional.of(OtherModel.of(content, format, NEXT, List.of()));
        } catch (MalformedException e) {
            return Optional.of(OtherModel.broken(content, "safetensors weights", e));
        }
    }

    private static boolean isRecognised(byte[] head, long size) {
        if (head.length < SafetensorsHeader.START + 2 || head[8] != '{' || "\" }\t\r\n".indexOf(head[9]) < 0) {
            return false;
        }
        long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        // A length that is wrong is a broken file of this format, unless it is text that has a brace at this place.
        return Long.compareUnsigned(length, size) <= 0 || !isText(head);
    }

    private static boolean isText(byte[] head) {
        String text = new String(head, StandardCharsets.UTF_8);
        return text.chars().allMatch(c -> c == '\n' || c == '\r' || c == '\t' || (c >= 0x20 && c != 0xFFFD));
    }
}
