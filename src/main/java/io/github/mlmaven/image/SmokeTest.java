package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.smoke.ServerClient;
import io.github.mlmaven.image.smoke.ServerException;
import io.github.mlmaven.image.smoke.ServerProcess;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.InferenceJson;
import io.github.mlmaven.model.json.TensorFormatException;
import io.github.mlmaven.verify.VerifiedModel;
import io.github.mlmaven.verify.golden.Comparison;
import io.github.mlmaven.verify.golden.GoldenCase;
import io.github.mlmaven.verify.golden.Mismatch;
import io.github.mlmaven.verify.golden.Tolerance;
import io.github.mlmaven.verify.golden.Tolerances;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts the server as the image would, asks it for every golden prediction, and stops it. */
final class SmokeTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("PORT", "0", "LANG", "C.UTF-8", "ORT_DISABLE_TELEMETRY", "1");
    private static final int SHOWN = 400;

    private final ImageRequest.Smoke settings;
    private final Path log;
    private final String next;
    private final List<Finding> findings = new ArrayList<>();
    private final List<SmokeResult.Sample> samples = new ArrayList<>();
    private int cases;

    /**
     * @param log where goes what the server prints
     * @param place the log as messages write it
     */
    SmokeTest(ImageRequest.Smoke settings, Path log, String place) {
        this.settings = settings;
        this.log = log;
        this.next = "All that the server printed is in " + place + ".";
    }

    /** Tries the models on a server that this command starts. */
    SmokeResult run(List<String> command, List<VerifiedModel> models)
            throws ImageException, IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(command, ENVIRONMENT, log)) {
            ServerClient client = new ServerClient(server.awaitReady(settings.timeout()), settings.timeout());
            for (VerifiedModel model : models) {
                ask(model, client);
            }
            server.stop(settings.timeout());
        } catch (ServerException e) {
            findings.add(finding("image", e.what(), e.expected(), e.found()));
        }
        if (!findings.isEmpty()) {
            throw new ImageException(findings);
        }
        return new SmokeResult(models.size(), cases, samples.stream().findFirst());
    }

    private void ask(VerifiedModel model, ServerClient client) throws InterruptedException {
        String place = model.inspected().source().place();
        String path = "/v2/models/" + model.name() + "/versions/" + model.version();
        try {
            client.get(path + "/ready");
            client.get(path);
        } catch (ServerException e) {
            findings.add(finding(place, e.what(), e.expected(), e.found()));
            return;
        }
        for (GoldenCase golden : model.golden()) {
            try {
                predict(model, golden, path + "/infer", client);
                cases++;
            } catch (ServerException e) {
                findings.add(finding(golden.place(), e.what(), e.expected(), e.found()));
            }
        }
    }

    private void predict(VerifiedModel model, GoldenCase golden, String path, ServerClient client)
            throws ServerException, InterruptedException {
        byte[] response = {};
        try {
            byte[] request = InferenceJson.request(golden.inputs());
            response = client.post(path, request);
            compare(golden, InferenceJson.tensors(response, "outputs"), settings.tolerances(model.name()));
            samples.add(new SmokeResult.Sample(model.name(), golden.name(), shown(request), shown(response)));
        } catch (TensorFormatException e) {
            findings.add(finding(
                    golden.place(),
                    "the packaged server's answer cannot be read: " + e.getMessage(),
                    "the outputs as the Open Inference Protocol writes them",
                    shown(response)));
        }
    }

    private void compare(GoldenCase golden, List<Tensor> outputs, Tolerances tolerances) {
        for (Tensor expected : golden.outputs()) {
            Tolerance tolerance = tolerances.output(expected.name());
            Optional<Tensor> actual = outputs.stream()
                    .filter(o -> o.name().equals(expected.name()))
                    .findFirst();
            Comparison comparison = actual.map(a -> Comparison.compare(expected, a, tolerance))
                    .orElseGet(() -> Comparison.missing(expected, tolerance));
            if (comparison.mismatch().isPresent()) {
                Mismatch mismatch = comparison.mismatch().get();
                findings.add(finding(
                        golden.place(),
                        "the packaged server predicts otherwise: " + comparison.message(),
                        mismatch.expected(),
                        mismatch.found()));
            }
        }
    }

    private Finding finding(String place, String message, String expected, String found) {
        return Finding.of(FindingId.IMAGE_SMOKE, place, message, expected, found, next);
    }

    private static String shown(byte[] document) {
        String text = new String(document, StandardCharsets.UTF_8);
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
