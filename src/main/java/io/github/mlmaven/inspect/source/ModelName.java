package io.github.mlmaven.inspect.source;

import java.util.regex.Pattern;

/** Names of models, which go into URLs, paths and class names. */
public final class ModelName {

    /** What a name is made of, for messages. */
    public static final String RULE = "1 to 128 of the letters A to Z and a to z, digits, '.', '_' and '-'";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private ModelName() {}

    /** Whether it is one. */
    public static boolean isUsable(String name) {
        return NAME.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }
}
