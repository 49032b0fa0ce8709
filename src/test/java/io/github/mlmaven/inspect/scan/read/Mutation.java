package io.github.mlmaven.inspect.scan.read;

import java.util.Arrays;
import java.util.Random;

/** Small changes to bytes, as damage and attacks make them. */
final class Mutation {

    private Mutation() {}

    static byte[] of(byte[] bytes, Random random) {
        byte[] changed = bytes.clone();
        if (changed.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(Math.min(changed.length, 400));
        switch (random.nextInt(6)) {
            case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> changed[at] = (byte) random.nextInt(256);
            case 2 -> Arrays.fill(changed, at, Math.min(changed.length, at + 8), (byte) 0xFF);
            case 3 -> Arrays.fill(changed, at, Math.min(changed.length, at + 8), (byte) 0);
            case 4 -> changed = Arrays.copyOf(changed, random.nextInt(changed.length + 1));
            default -> {
                byte[] longer = Arrays.copyOf(changed, changed.length + 9);
                System.arraycopy(changed, at, longer, at + 9, changed.length - at);
                changed = longer;
            }
        }
        return changed;
    }
}
