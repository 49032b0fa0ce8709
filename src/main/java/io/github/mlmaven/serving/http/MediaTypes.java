package io.github.mlmaven.serving.http;

import java.util.Locale;

/** Media types as headers write them. */
final class MediaTypes {

    private MediaTypes() {}

    /** Whether it is JSON, with whatever parameters. */
    static boolean isJson(String contentType) {
        int end = contentType.indexOf(';');
        String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
        return type.toLowerCase(Locale.ROOT).equals("application/json");
    }
}
