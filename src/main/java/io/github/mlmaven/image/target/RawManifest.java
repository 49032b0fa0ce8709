package io.github.mlmaven.image.target;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import java.nio.charset.StandardCharsets;

/** A manifest that Jib sends as it is: written by Jib, it would say that every layer is compressed. */
final class RawManifest implements ManifestTemplate {

    private static final int SCHEMA_VERSION = 2;

    private final String mediaType;
    private final String json;

    RawManifest(String mediaType, byte[] json) {
        this.mediaType = mediaType;
        this.json = new String(json, StandardCharsets.UTF_8);
    }

    /** What is sent. */
    @JsonValue
    @JsonRawValue
    public String json() {
        return json;
    }

    @Override
    public int getSchemaVersion() {
        return SCHEMA_VERSION;
    }

    @Override
    public String getManifestMediaType() {
        return mediaType;
    }
}
