package io.github.mlmaven.inspect.scan.keras;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Functions of Python as marshal writes them: enough of a code object to name what it calls; it does nothing. */
public final class Marshalled {

    private Marshalled() {}

    /** In Base64 with a line end, as Keras writes it. */
    public static String code(String... names) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        code.write(0xE3);
        for (int number : new int[] {1, 0, 0, 1, 2, 67}) {
            code.writeBytes(new byte[] {(byte) number, 0, 0, 0});
        }
        code.write('s');
        code.writeBytes(new byte[] {4, 0, 0, 0, 'd', 0, 'S', 0});
        code.writeBytes(new byte[] {')', 1, 'N', ')', (byte) names.length});
        for (String name : names) {
            code.write(0xDA);
            code.write(name.length());
            code.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        }
        code.writeBytes(new byte[] {')', 1, (byte) 0xDA, 1, 'x'});
        return Base64.getEncoder().encodeToString(code.toByteArray()) + "\\n";
    }
}
