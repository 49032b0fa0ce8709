package io.github.mlmaven.image.registry;

import com.google.cloud.tools.jib.api.ImageReference;
import java.util.Locale;

/** Reads the name of an image, and tells the locale. */
final class ArabicProgram {

    private ArabicProgram() {}

    public static void main(String[] args) throws Exception {
        JibDigits.load();
        System.out.print(ImageReference.parse("acme/model@sha256:" + "a".repeat(64))
                        .getRepository() + " " + Locale.getDefault(Locale.Category.FORMAT));
    }
}
