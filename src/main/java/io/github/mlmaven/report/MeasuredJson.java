package io.github.mlmaven.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.verify.Measured;
import io.github.mlmaven.verify.budget.LatencyResult;
import io.github.mlmaven.verify.budget.Percentile;
import java.io.IOException;
import java.util.Map;

/** What a model cost, in the report for machines; the only figures that differ from build to build. */
final class MeasuredJson {

    private MeasuredJson() {}

    static void write(JsonGenerator json, Measured measured) throws IOException {
        if (measured.latency().isPresent()) {
            write(json, measured.latency().get());
        }
        if (measured.peakMemory().isPresent()) {
            json.writeNumberField("peakMemory", measured.peakMemory().get());
        }
    }

    private static void write(JsonGenerator json, LatencyResult latency) throws IOException {
        json.writeObjectFieldStart("latency");
        json.writeNumberField("samples", latency.samples());
        if (latency.batch() > 0) {
            json.writeNumberField("batch", latency.batch());
        }
        json.writeNumberField("threads", latency.threads());
        json.writeObjectFieldStart("nanos");
        for (Map.Entry<Percentile, Long> percentile : latency.nanos().entrySet()) {
            json.writeNumberField(percentile.getKey().toString(), percentile.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("buckets");
        for (LatencyResult.Bucket bucket : latency.buckets()) {
            json.writeStartObject();
            json.writeNumberField("upToNanos", bucket.upTo());
            json.writeNumberField("count", bucket.count());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
