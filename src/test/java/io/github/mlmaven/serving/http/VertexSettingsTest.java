package io.github.mlmaven.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Vertex AI's variables mean. */
class VertexSettingsTest {

    @Test
    void withoutAModeNothingIsServed() {
        assertThat(VertexSettings.read(Map.of("AIP_PREDICT_ROUTE", "nonsense")::get))
                .isEmpty();
        assertThat(VertexSettings.read(Map.of("AIP_MODE", "")::get)).isEmpty();
    }

    @Test
    void routesHaveDefaults() {
        assertThat(VertexSettings.read(Map.of("AIP_MODE", "PREDICTION")::get))
                .contains(new VertexSettings("/health", "/predict"));
        assertThat(VertexSettings.read(
                        Map.of("AIP_MODE", "PREDICTION", "AIP_ENDPOINT_ID", "7", "AIP_DEPLOYED_MODEL_ID", "9")::get))
                .contains(new VertexSettings(
                        "/v1/endpoints/7/deployedModels/9", "/v1/endpoints/7/deployedModels/9:predict"));
    }

    @Test
    void aRouteIsAPath() {
        for (String route : new String[] {"x", "/a?b", "/a#b", "/a b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VertexSettings.read(Map.of("AIP_MODE", "1", "AIP_HEALTH_ROUTE", route)::get))
                    .withMessage(
                            "AIP_HEALTH_ROUTE: expected a path that starts with / and has no query, found " + route);
        }
    }
}
