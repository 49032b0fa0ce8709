package io.github.mlmaven.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.github.mlmaven.verify.GoldenResult;
import io.github.mlmaven.verify.Verdict;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.Deviation;
import io.github.mlmaven.verify.golden.Mismatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The golden cases of a model in the report for machines. */
final class GoldenJson {

    private GoldenJson() {}

    static void write(JsonGenerator json, List<GoldenResult> results) throws IOException {
        json.writeArrayFieldStart("golden");
        for (GoldenResult result : results) {
            json.writeStartObject();
            json.writeStringField("case", result.name());
            json.writeStringField("file", result.place());
            json.writeStringField("verdict", verdict(result.matches()));
            if (result.failure().isPresent()) {
                json.writeStringField("failure", result.failure().get());
            }
            json.writeArrayFieldStart("outputs");
            for (Comparison output : result.outputs()) {
                write(json, output);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Comparison output) throws IOException {
        json.writeStartObject();
        json.writeStringField("tensor", output.tensor());
        json.writeStringField("verdict", verdict(output.matches()));
        json.writeNumberField("elements", output.elements());
        if (output.tolerance().isPresent()) {
            json.writeNumberField("atol", output.tolerance().get().atol());
            json.writeNumberField("rtol", output.tolerance().get().rtol());
        }
        write(json, "largestAbsoluteError", output.absolute());
        write(json, "largestRelativeError", output.relative());
        if (output.used().isPresent()) {
            json.writeNumberField("toleranceUsed", output.used().get());
        }
        if (output.mismatch().isPresent()) {
            Mismatch mismatch = output.mismatch().get();
            json.writeObjectFieldStart("mismatch");
            if (mismatch instanceof Mismatch.OfElements elements) {
                json.writeNumberField("differing", elements.differing());
                write(json, "first", elements.first());
                write(json, "worst", elements.worst());
            } else {
                json.writeStringField("expected", mismatch.expected());
                json.writeStringField("found", mismatch.found());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** An infinite error is the string {@code "Infinity"}: JSON has no number for it. */
    private static void write(JsonGenerator json, String field, Optional<Deviation> deviation) throws IOException {
        if (deviation.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(field);
        json.writeNumberField("error", deviation.get().error());
        json.writeStringField("index", deviation.get().index());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String field, Mismatch.Element element) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("index", element.index());
        json.writeStringField("expected", element.expected());
        json.writeStringField("found", element.found());
        json.writeEndObject();
    }

    private static String verdict(boolean matches) {
        return (matches ? Verdict.PASS : Verdict.FAIL).id();
    }
}
