package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
        assertThat(read(Map.of("ML_MODEL_REPOSITORY", "src")).repository()).contains(Path.of("src"));
        assertThatThrownBy(() -> read(Map.of("ML_MODEL_REPOSITORY", "pom.xml")))
                .hasMessage("ML_MODEL_REPOSITORY: expected a folder with NAME/VERSION/, found pom.xml");
    }

    private static ServerSettings read(Map<String, String> environment) {
        return ServerSettings.read(environment::get, name -> null);
    }
}
