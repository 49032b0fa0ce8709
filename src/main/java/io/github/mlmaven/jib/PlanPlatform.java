package io.github.mlmaven.jib;

import com.google.cloud.tools.jib.api.buildplan.ContainerBuildPlan;
import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.Platform;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the image runs on: the engine has natives for each, so that it can be only one. */
final class PlanPlatform {

    private PlanPlatform() {}

    static Platform of(ContainerBuildPlan plan) throws PlanException {
        List<String> names = plan.getPlatforms().stream()
                .map(platform -> platform.getOs() + "/" + platform.getArchitecture())
                .sorted()
                .toList();
        Optional<Platform> platform = names.size() == 1 ? Platform.of(names.get(0)) : Optional.empty();
        return platform.orElseThrow(() -> new PlanException(Finding.of(
                FindingId.IMAGE_PLATFORM,
                "<from><platforms>",
                "the engine's native libraries are for one platform each",
                "one of " + Arrays.toString(Platform.values()),
                names.isEmpty() ? "none" : String.join(", ", names),
                "Name one platform in Jib's configuration, and build an image for each.")));
    }
}
