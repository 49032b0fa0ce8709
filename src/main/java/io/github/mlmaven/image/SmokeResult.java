package io.github.mlmaven.image;

import java.util.Optional;

/**
 * What the packaged server answered before the image was written.
 *
 * @param models models that were ready with their contract
 * @param cases golden cases whose outputs matched
 * @param sample the first of them
 */
public record SmokeResult(int models, int cases, Optional<Sample> sample) {

    /**
     * A prediction that the packaged server gave.
     *
     * @param model the model
     * @param golden the golden case
     * @param request the JSON document, shortened
     * @param response the JSON document, shortened
     */
    public record Sample(String model, String golden, String request, String response) {}
}
