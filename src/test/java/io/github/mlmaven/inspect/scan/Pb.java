package io.github.mlmaven.inspect.scan;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes messages of protobuf, field by field. */
public final class Pb {

    private Pb() {}

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    public static byte[] message(byte[]... fields) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] field : fields) {
            all.writeBytes(field);
        }
        return all.toByteArray();
    }

    public static byte[] text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] bytes(int field, byte[]... parts) {
        return write(out -> out.writeByteArray(field, message(parts)));
    }

    public static byte[] number(int field, long number) {
        return write(out -> out.writeInt64(field, number));
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
