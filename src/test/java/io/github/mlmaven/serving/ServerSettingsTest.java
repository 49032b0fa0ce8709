package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.serving.inference.BatchOptions;
import io.github.mlmaven.serving.repository.RepositoryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

    @Test
    void thePortIsThatOfTheFirstPlatformThatSetsOne() {
        assertThat(read(Map.of()).port()).isEqualTo(8080);
        assertThat(read(Map.of("PORT", "1")).port()).isEqualTo(1);
        assertThat(read(Map.of("PORT", "1", "SAGEMAKER_BIND_TO_PORT", "2")).port())
                .isEqualTo(2);
        assertThat(read(Map.of("PORT", "1", "SAGEMAKER_BIND_TO_PORT", "2", "AIP_HTTP_PORT", "3"))
                        .port())
                .isEqualTo(3);
        assertThat(read(Map.of("PORT", "0", "AIP_HTTP_PORT", "")).port()).isZero();
    }

    @Test
    void thePortOfVertexCountsWithoutItsModeToo() {
        assertThat(read(Map.of("AIP_HTTP_PORT", "3")).port()).isEqualTo(3);
        assertThat(read(Map.of("AIP_HTTP_PORT", "3")).platforms().vertex()).isEmpty();
        assertThat(read(Map.of("AIP_HTTP_PORT", "3", "AIP_MODE", "PREDICTION"))
                        .platforms()
                        .vertex())
                .isPresent();
    }

    @Test
    void theSecondPortIsOneOnlyWhenItIsAnother() {
        assertThat(read(Map.of("PORT", "1")).ports()).containsExactly(1);
        assertThat(read(Map.of("PORT", "1", "ML_GRPC_PORT", "2")).ports()).containsExactly(1, 2);
        assertThat(read(Map.of("PORT", "1", "ML_GRPC_PORT", "1")).ports()).containsExactly(1);
        assertThat(read(Map.of("PORT", "0", "ML_GRPC_PORT", "0")).ports()).containsExactly(0, 0);
        assertThatThrownBy(() -> read(Map.of("ML_GRPC_PORT", "grpc")))
                .hasMessage("ML_GRPC_PORT: expected a number from 0 to 65535, found grpc");
    }

    @Test
    void batchesAreOfWhatHasArrivedUnlessToldOtherwise() {
        assertThat(read(Map.of()).batching()).isEqualTo(BatchOptions.DEFAULT);
        assertThat(read(Map.of("ML_BATCHING", "on", "ML_MAX_BATCH", "8", "ML_MAX_BATCH_DELAY_MICROS", "250"))
                        .batching())
                .isEqualTo(new BatchOptions(true, 8, Duration.ofNanos(250_000)));
        assertThat(read(Map.of("ML_BATCHING", "off", "ML_MAX_BATCH", "8")).batching())
                .isEqualTo(BatchOptions.OFF);
        assertThatThrownBy(() -> read(Map.of("ML_BATCHING", "yes")))
                .hasMessage("ML_BATCHING: expected on or off, found yes");
        assertThatThrownBy(() -> read(Map.of("ML_MAX_BATCH", "0")))
                .hasMessage("ML_MAX_BATCH: expected a number from 1 to 65536, found 0");
        assertThatThrownBy(() -> read(Map.of("ML_BATCHING", "off", "ML_MAX_BATCH_DELAY_MICROS", "1000001")))
                .hasMessage("ML_MAX_BATCH_DELAY_MICROS: expected a number from 0 to 1000000, found 1000001");
    }

    @Test
    void theContractOfAReplacedModelIsCheckedUnlessToldOtherwise(@TempDir Path folder) {
        String repository = folder.toString();
        assertThat(read(Map.of("ML_MODEL_REPOSITORY", repository)).repository())
                .contains(new RepositoryOptions(folder, false));
        assertThat(read(Map.of("ML_MODEL_REPOSITORY", repository, "ML_REPOSITORY_CONTRACT", "any"))
                        .repository())
                .contains(new RepositoryOptions(folder, true));
        assertThatThrownBy(() -> read(Map.of("ML_MODEL_REPOSITORY", repository, "ML_REPOSITORY_CONTRACT", "no")))
                .hasMessage("ML_REPOSITORY_CONTRACT: expected check or any, found no");
    }

    @Test
    void theQueueIsBounded() {
        assertThat(read(Map.of()).maxQueue()).isEqualTo(1024);
        assertThat(read(Map.of("ML_MAX_QUEUE", "1")).maxQueue()).isEqualTo(1);
        assertThatThrownBy(() -> read(Map.of("ML_MAX_QUEUE", "0")))
                .hasMessage("ML_MAX_QUEUE: expected a number from 1 to 1000000, found 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AIP_HTTP_PORT",
                "SAGEMAKER_BIND_TO_PORT",
                "PORT",
                "ML_GRPC_PORT",
                "ML_MODEL_PATH",
                "ML_MODEL_REPOSITORY",
                "ML_EVENT_LOOPS",
                "ML_MAX_BODY_BYTES",
                "ML_INTRA_OP_THREADS",
                "ML_BATCHING",
                "ML_MAX_BATCH",
                "ML_MAX_BATCH_DELAY_MICROS",
                "ML_MAX_QUEUE",
                "ML_DEFAULT_MODEL",
                "ML_ACCESS_LOG",
                "AIP_MODE",
                "AIP_HEALTH_ROUTE",
                "AIP_PREDICT_ROUTE",
                "AIP_ENDPOINT_ID",
                "AIP_DEPLOYED_MODEL_ID",
            })
    void anEmptyVariableIsNoneThatIsSet(String variable) {
        assertThat(read(Map.of(variable, ""))).usingRecursiveComparison().isEqualTo(read(Map.of()));
    }

    @Test
    void theModelsFolderIsThePropertyBeforeTheVariable() {
        Map<String, String> environment = Map.of("ML_MODEL_PATH", "b");
        assertThat(read(environment).modelPath()).contains(Path.of("b"));
        assertThat(ServerSettings.read(environment::get, Map.of("ml.model.path", "a")::get)
                        .modelPath())
                .contains(Path.of("a"));
        assertThat(read(Map.of()).modelPath()).isEmpty();
    }

    @Test
    void aValueThatIsNoNumberNamesItsVariable() {
        assertThatThrownBy(() -> read(Map.of("AIP_HTTP_PORT", "70000")))
                .hasMessage("AIP_HTTP_PORT: expected a number from 0 to 65535, found 70000");
        assertThatThrownBy(() -> read(Map.of("ML_MAX_BODY_BYTES", "64M")))
                .hasMessage("ML_MAX_BODY_BYTES: expected a number from 1 to 2147483639, found 64M");
        assertThatThrownBy(() -> read(Map.of("ML_INTRA_OP_THREADS", "0")))
                .hasMessage("ML_INTRA_OP_THREADS: expected a number from 1 to 1024, found 0");
    }

    @Test
    void thereIsAnEventLoopForEachCoreUnlessToldOtherwise() {
        assertThat(read(Map.of()).eventLoops()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(read(Map.of("ML_EVENT_LOOPS", "1")).eventLoops()).isEqualTo(1);
        assertThatThrownBy(() -> read(Map.of("ML_EVENT_LOOPS", "0")))
                .hasMessage("ML_EVENT_LOOPS: expected a number from 1 to 1024, found 0");
    }

    @Test
    void aModelRepositoryIsAFolderThatIsThere() {
        assertThat(read(Map.of()).repository()).isEmpty();
        assertThat(read(Map.of("ML_MODEL_REPOSITORY", "")).repository()).isEmpty();
        assertThat(read(Map.of("ML_MODEL_REPOSITORY", "src")).repository())
                .contains(new RepositoryOptions(Path.of("src"), false));
        assertThatThrownBy(() -> read(Map.of("ML_MODEL_REPOSITORY", "pom.xml")))
                .hasMessage("ML_MODEL_REPOSITORY: expected a folder with NAME/VERSION/, found pom.xml");
    }

    private static ServerSettings read(Map<String, String> environment) {
        return ServerSettings.read(environment::get, name -> null);
    }
}
