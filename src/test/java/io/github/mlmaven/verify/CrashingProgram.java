package io.github.mlmaven.verify;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.exchange.ProbeReply;
import java.io.DataOutputStream;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sun.misc.Unsafe;

/** Stands for native code that loads a model, runs one case, and then reads where it must not. */
final class CrashingProgram {

    private CrashingProgram() {}

    public static void main(String[] args) throws Exception {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(Path.of(args[1])))) {
            ProbeReply.write(out, new ProbeReply.Loaded("engine 1", new Contract(List.of(), List.of())));
            ProbeReply.write(out, new ProbeReply.Ran(0, List.of()));
            Field unsafe = Unsafe.class.getDeclaredField("theUnsafe");
            unsafe.setAccessible(true);
            ((Unsafe) unsafe.get(null)).getLong(0);
        }
    }
}
