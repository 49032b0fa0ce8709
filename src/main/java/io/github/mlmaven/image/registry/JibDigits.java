package io.github.mlmaven.image.registry;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import java.util.Locale;
import java.util.Locale.Category;

/**
 * Jib 0.28 writes the lengths in the regular expression for digests with the digits of the locale, and where those are
 * not ASCII, as in Arabic, Java does not take the expression: the class could not be used any more.
 */
public final class JibDigits {

    private JibDigits() {}

    /** Makes the expression, with ASCII digits, before anything uses Jib; the locale is as it was afterwards. */
    public static void load() {
        Locale locale = Locale.getDefault(Category.FORMAT);
        Locale.setDefault(Category.FORMAT, Locale.ROOT);
        try {
            Class.forName(DescriptorDigest.class.getName(), true, DescriptorDigest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Jib is not whole", e);
        } finally {
            Locale.setDefault(Category.FORMAT, locale);
        }
    }
}
