package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.InspectedModel;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.exchange.Measurement;
import io.github.mlmaven.model.exchange.ProbeReply;
import io.github.mlmaven.model.exchange.ProbeRequest;
import io.github.mlmaven.verify.budget.LatencyResult;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.GoldenCase;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs one model with all its golden cases in one fork and compares each answer as it is read. */
final class EngineRunner {

    private static final int MAX_REASON = 1_000;

    private final EngineFork fork;
    private final Tolerances tolerances;
    private final Optional<Measurement> measurement;

    EngineRunner(EngineFork fork, Tolerances tolerances, Optional<Measurement> measurement) {
        this.fork = fork;
        this.tolerances = tolerances;
        this.measurement = measurement;
    }

    Evidence.EngineRun run(InspectedModel model, List<GoldenCase> cases) {
        ProbeRequest request = new ProbeRequest(
                model.format(),
                model.mainFile().toAbsolutePath().toString(),
                cases.stream()
                        .map(golden -> new ProbeRequest.Case(golden.name(), golden.inputs()))
                        .toList(),
                measurement);
        Answers answers = new Answers(model, cases);
        Optional<Finding> failure = Optional.empty();
        try {
            fork.run(model.source().name(), request, answers::accept);
        } catch (ForkFailure e) {
            failure = Optional.of(
                    e.at(model.source().place() + "/" + model.files().get(0).path()));
        }
        return new Evidence.EngineRun(
                Optional.ofNullable(answers.loaded),
                Optional.ofNullable(answers.refused),
                answers.results,
                failure,
                answers.measured);
    }

    /** Engines name files by their absolute paths, which have no place in a report, and quote hostile models. */
    static String relative(InspectedModel model, String message) {
        String folder = model.source().folder().toAbsolutePath().toString();
        String text = message.replace(folder, model.source().place()).replaceAll("\\p{Cntrl}", " ");
        return text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
    }

    /** Only the comparison of an output is kept, so that large outputs are in memory one case at a time. */
    private final class Answers {

        private final InspectedModel model;
        private final List<GoldenCase> cases;
        private final List<GoldenResult> results = new ArrayList<>();
        private ProbeReply.@Nullable Loaded loaded;
        private @Nullable String refused;
        private Measured measured = Measured.NOTHING;

        Answers(InspectedModel model, List<GoldenCase> cases) {
            this.model = model;
            this.cases = cases;
        }

        void accept(ProbeReply reply) {
            if (reply instanceof ProbeReply.Loaded answer) {
                loaded = answer;
            } else if (reply instanceof ProbeReply.Refused answer) {
                refused = relative(model, answer.message());
            } else if (reply instanceof ProbeReply.Timed timed) {
                measured = new Measured(latency(timed), Optional.empty(), Optional.empty());
            } else if (reply instanceof ProbeReply.Untimed untimed) {
                measured = new Measured(
                        Optional.empty(), Optional.of(relative(model, untimed.reason())), Optional.empty());
            } else if (reply instanceof ProbeReply.Peak peak) {
                measured = new Measured(measured.latency(), measured.untimed(), Optional.of(Math.max(0, peak.bytes())));
            } else if (results.size() < cases.size()) {
                results.add(result(cases.get(results.size()), reply));
            }
        }

        private Optional<LatencyResult> latency(ProbeReply.Timed timed) {
            return measurement
                    .filter(asked -> !timed.nanos().isEmpty())
                    .map(asked -> LatencyResult.of(timed.nanos(), asked.batch(), asked.threads()));
        }

        private GoldenResult result(GoldenCase golden, ProbeReply reply) {
            if (reply instanceof ProbeReply.Ran ran) {
                List<Comparison> outputs = golden.outputs().stream()
                        .map(expected -> compare(expected, ran.outputs()))
                        .toList();
                return new GoldenResult(golden.name(), golden.place(), outputs, Optional.empty());
            }
            String reason = reply instanceof ProbeReply.Failed failed ? failed.message() : reply.toString();
            return new GoldenResult(golden.name(), golden.place(), List.of(), Optional.of(relative(model, reason)));
        }

        private Comparison compare(Tensor expected, List<Tensor> outputs) {
            Tolerance tolerance = tolerances.output(expected.name());
            return outputs.stream()
                    .filter(actual -> actual.name().equals(expected.name()))
                    .findFirst()
                    .map(actual -> Comparison.compare(expected, actual, tolerance))
                    .orElseGet(() -> Comparison.missing(expected, tolerance));
        }
    }
}
