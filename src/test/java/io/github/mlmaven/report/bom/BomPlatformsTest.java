package io.github.mlmaven.report.bom;

import static io.github.mlmaven.report.bom.BomRequests.TEMURIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An image for several platforms in the bill of materials. */
class BomPlatformsTest {

    @TempDir
    Path folder;

    @Test
    void ofSeveralPlatformsEachHasItsBaseAndItsNatives() throws IOException {
        Path file = folder.resolve("bom.json");
        BomReport.write(file, BomRequests.complete(TEMURIN, List.of(Platform.LINUX_AMD64, Platform.LINUX_ARM64)));
        JsonNode bom = new ObjectMapper().readTree(file.toFile());

        assertThat(bom.at("/components"))
                .extracting(component -> component.get("bom-ref").textValue())
                .contains(
                        "base:linux/amd64",
                        "base:linux/arm64",
                        "native:linux/amd64:libengine.so",
                        "native:linux/arm64:libengine.so");
        assertThat(bom.at("/components/1/hashes/0/content").textValue()).isEqualTo("2".repeat(64));
        assertThat(bom.at("/components/1/purl").textValue()).contains("?arch=arm64&");
        assertThat(bom.at("/dependencies").toString())
                .contains("[\"native:linux/amd64:libengine.so\",\"native:linux/arm64:libengine.so\",");
        assertThat(bom.at("/metadata/component/properties").findValuesAsText("value"))
                .contains("linux/amd64", "linux/arm64");
        assertThat(new JsonParser().validate(file.toFile(), Version.VERSION_16)).isEmpty();
    }
}
