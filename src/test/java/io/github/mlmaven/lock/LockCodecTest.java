package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LockCodecTest {

    private static final String WRITTEN = new String(LockCodec.write(Locks.LOCK), StandardCharsets.UTF_8);

    @Test
    void everyEntryHasItsLine() {
        String expected = """
                {
                  "lockVersion": 1,
                  "base": {
                    "kind": "jdk",
                    "libraries": {
                      "/lib/x86_64-linux-gnu/libc.so.6": "sha256:2"
                    },
                    "modules": "sha256:F",
                    "platform": "linux/amd64",
                    "vendor": "Debian",
                    "version": "17.0.15+6"
                  },
                  "dependencies": [
                    {"artifact": "com.acme:features:jar", "reactor": true, "scope": "compile"},
                    {"artifact": "io.vertx:vertx-core:jar:5.2.3", "repository": "central", "scope": "compile", "sha256": "D"}
                  ],
                  "engine": "onnxruntime 1.29.0",
                  "extensions": [],
                  "javaRelease": 17,
                  "models": {
                    "breast-cancer": {
                      "contract": {
                        "inputs": [
                          {"name": "features", "datatype": "FP32", "shape": ["N", 28]}
                        ],
                        "outputs": [
                          {"name": "label", "datatype": "INT64", "shape": [""]}
                        ]
                      },
                      "files": [
                        {"path": "model.onnx", "sha256": "A", "size": 1234},
                        {"path": "weights/0.bin", "sha256": "B", "size": 99}
                      ],
                      "format": "onnx",
                      "golden": [
                        {"path": "test_data_set_0/input_0.pb", "sha256": "C", "size": 10}
                      ],
                      "opsets": {
                        "ai.onnx": 15,
                        "ai.onnx.ml": 3
                      }
                    }
                  },
                  "packaging": {
                    "ml.image.modules": "java.sql"
                  },
                  "pluginDependencies": [
                    {"artifact": "org.ow2.asm:asm:jar:9.10", "of": "org.apache.maven.plugins:maven-compiler-plugin", "repository": "central", "sha256": "1"}
                  ],
                  "plugins": [
                    {"artifact": "org.apache.maven.plugins:maven-compiler-plugin:jar:3.16.0", "repository": "central", "sha256": "E"}
                  ],
                  "poms": [],
                  "serving": "ml-maven-plugin 1.0.0",
                  "verification": {
                    "ml.golden.atol": "0.001"
                  }
                }
                """;
        for (char digit : "12abcdef".toCharArray()) {
            String upper = String.valueOf(Character.toUpperCase(digit));
            expected = expected.replaceAll(
                    "(?<=[\":])" + upper + "(?=\")", String.valueOf(digit).repeat(64));
        }
        assertThat(WRITTEN).isEqualTo(expected);
    }

    @Test
    void whateverIsWrittenIsReadAgainAndWrittenTheSame() throws LockException {
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            Lock lock = Locks.random(random);
            byte[] written = LockCodec.write(lock);
            Lock read = LockCodec.read("ml.lock", written);
            assertThat(read).isEqualTo(lock);
            assertThat(LockCodec.write(read)).isEqualTo(written);
            assertThat(new String(written, StandardCharsets.UTF_8))
                    .doesNotContain("\r")
                    .endsWith("}\n");
        }
    }

    @Test
    void aLockThatWasWrittenWithoutSettingsOfVerificationHasNone() throws LockException {
        Lock read = read(WRITTEN.replaceAll(",\\s+\"verification\": \\{[^}]*}", ""));

        assertThat(read.verification()).isEmpty();
        assertThat(LockDifference.between(read, Locks.LOCK).drifts())
                .extracting(Drift::where)
                .containsExactly("verification/ml.golden.atol");
    }

    @Test
    void aLockFileHasABase() {
        Lock withoutImage = Locks.withBase(new BaseIdentity.None());
        assertThatThrownBy(() -> LockCodec.write(withoutImage))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a lock file has a base");
    }

    @Test
    void theOrderOfWhatIsLockedDoesNotMatter() {
        List<LockedArtifact> dependencies = new ArrayList<>(Locks.LOCK.artifacts(Section.DEPENDENCIES));
        Collections.reverse(dependencies);
        Lock other = Locks.with(Section.DEPENDENCIES, dependencies);
        assertThat(LockCodec.write(other)).isEqualTo(LockCodec.write(Locks.LOCK));
    }

    @Test
    void aCheckoutWithCarriageReturnsIsTheSameLock() throws LockException {
        assertThat(read(WRITTEN.replace("\n", "\r\n"))).isEqualTo(Locks.LOCK);
    }

    private static Lock read(String text) throws LockException {
        return LockCodec.read("ml.lock", text.getBytes(StandardCharsets.UTF_8));
    }
}
