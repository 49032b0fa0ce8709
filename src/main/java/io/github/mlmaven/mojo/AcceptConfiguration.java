package io.github.mlmaven.mojo;

import org.jspecify.annotations.Nullable;

/** A risk that a pom accepts: {@code <accept><id>…</id><file>…</file><reason>…</reason></accept>}. */
public final class AcceptConfiguration {

    private @Nullable String id;
    private @Nullable String file;
    private @Nullable String reason;

    /** The id of the finding, one of the {@code ML-SAFE-…}. */
    public @Nullable String getId() {
        return id;
    }

    public void setId(String id) {
        this.id = id;
    }

    /** The place that the finding names, or a pattern of places with {@code *}, {@code **} and {@code ?}. */
    public @Nullable String getFile() {
        return file;
    }

    public void setFile(String file) {
        this.file = file;
    }

    /** Why the risk is taken; every report shows it. */
    public @Nullable String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }
}
