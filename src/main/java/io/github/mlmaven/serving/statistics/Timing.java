package io.github.mlmaven.serving.statistics;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** How often something happened, and how long that took in all; many threads may add at once. */
final class Timing {

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    void add(long took) {
        count.increment();
        nanos.add(Math.max(0, took));
    }

    /** {@code "FIELD":{"count":…,"ns":…}}. */
    void write(JsonGenerator json, String field) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeNumberField("count", count.sum());
        json.writeNumberField("ns", nanos.sum());
        json.writeEndObject();
    }
}
