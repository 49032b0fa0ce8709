package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is no lock, and where that is. */
class LockRefusalTest {

    private static final String WRITTEN = new String(LockCodec.write(Locks.LOCK), StandardCharsets.UTF_8);
    private static final String REPAIR =
            ". Restore the file from version control, or delete it and run `mvn ml:lock` to lock what is there now.";

    @Test
    void settingsOfVerificationAreTextsThatSaySomething() {
        assertInvalid(WRITTEN.replace("\"0.001\"", "0.001"), "line 56, column 23: a string expected, found 0.001");
        assertInvalid(WRITTEN.replace("\"0.001\"", "\"\""), "line 56, column 23: an empty string");
        assertInvalid(
                WRITTEN.replace("\"verification\"", "\"verifications\""),
                "line 55, column 3: a lock with an unknown field \"verifications\"");
        assertInvalid(
                "{\n  \"verification\": {},\n  \"lockVersion\": 1\n}",
                "line 2, column 19: \"verification\" before \"lockVersion\"");
    }

    @Test
    void noPrefixOfALockIsALock() {
        for (int end = 0; end < WRITTEN.length() - 2; end++) {
            String truncated = WRITTEN.substring(0, end);
            assertThatThrownBy(() -> read(truncated))
                    .isInstanceOf(LockException.class)
                    .message()
                    .startsWith("ML-LOCK-INVALID: ml.lock: line ")
                    .endsWith(REPAIR);
        }
    }

    @Test
    void aTruncatedFileSaysWhereItEnds() {
        assertInvalid("", "line 1, column 1: the file is empty");
        assertInvalid("{\n  \"lockVersion\": 1,\n", "line 3, column 1: the file ends in the middle");
    }

    @Test
    void noByteChangedAtRandomEndsInAnythingButALockOrItsException() {
        Random random = new Random(7);
        byte[] written = LockCodec.write(Locks.LOCK);
        for (int i = 0; i < 3000; i++) {
            byte[] changed = written.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                assertThat(LockCodec.read("ml.lock", changed)).isNotNull();
            } catch (LockException e) {
                assertThat(e.findings()).hasSize(1);
            }
        }
    }

    @Test
    void anUnknownVersionIsRefusedWithTheReason() {
        assertThatThrownBy(() -> read("{\"lockVersion\": 2, \"unheardOf\": {}}"))
                .isInstanceOf(LockException.class)
                .hasMessage(
                        "ML-LOCK-VERSION: ml.lock: line 1, column 17: another version of the file's format, whose rules this"
                                + " ml-maven-plugin does not know; expected lockVersion 1, found lockVersion 2. Build with the"
                                + " ml-maven-plugin that wrote it, or delete it and run `mvn ml:lock`.");
    }

    @Test
    void theVersionComesFirst() {
        assertInvalid("{\n  \"engine\": \"x\"\n}", "line 2, column 13: \"engine\" before \"lockVersion\"");
        assertInvalid("{\n  \"lockVersion\": \"1\"\n}", "line 2, column 18: a whole number expected, found 1");
    }

    @Test
    void aMergeConflictIsCalledThat() {
        String conflict = WRITTEN.replace(
                "  \"engine\": \"onnxruntime 1.29.0\",\n",
                "<<<<<<< HEAD\n  \"engine\": \"x\",\n=======\n  \"engine\": \"y\",\n>>>>>>> other\n");
        assertThatThrownBy(() -> read(conflict))
                .isInstanceOf(LockException.class)
                .hasMessage("ML-LOCK-INVALID: ml.lock: line 17, column 1: an unresolved merge conflict: <<<<<<<."
                        + " Take either side whole, for example with `git checkout --ours ml.lock`, then run"
                        + " `mvn ml:lock` to accept what the merge needs.");
    }

    @Test
    void unknownFieldsAreRefused() {
        assertInvalid(
                WRITTEN.replace("\"javaRelease\"", "\"javaVersion\""),
                "line 19, column 3: a lock with an unknown field \"javaVersion\"");
        assertInvalid(
                WRITTEN.replace("\"format\"", "\"kind\""), "line 34, column 7: a model with an unknown field \"kind\"");
        assertInvalid(
                WRITTEN.replace("\"size\": 99", "\"bytes\": 99"),
                "line 32, column 113: a file with an unknown field \"bytes\"");
        assertInvalid(
                WRITTEN.replace("{\"name\": \"label\"", "{\"nom\": \"label\""),
                "line 27, column 20: unknown field of a tensor: nom");
    }

    @Test
    void missingFieldsAreRefused() {
        assertInvalid(
                WRITTEN.replace("  \"javaRelease\": 17,\n", ""), "line 1, column 1: a lock without \"javaRelease\"");
        assertInvalid(WRITTEN.replace(", \"size\": 99", ""), "line 32, column 9: a file without \"size\"");
        assertInvalid(
                WRITTEN.replace("\"repository\": \"central\", \"scope\"", "\"scope\""),
                "line 15, column 5: a dependency without \"repository\"");
        assertInvalid(
                WRITTEN.replace(", \"scope\": \"compile\"}", "}"), "line 14, column 5: a dependency without \"scope\"");
        assertInvalid(
                WRITTEN.replace("    \"vendor\": \"Debian\",\n", ""),
                "line 3, column 11: a jdk base without \"vendor\"");
        assertInvalid(
                WRITTEN.replaceAll("\"outputs\": \\[[^]]*\\[\"\"]}\\s*]", "\"inputs2\": []"),
                "line 26, column 21: unknown field of a contract: inputs2");
    }

    @Test
    void anEntryWithoutChecksumIsRefused() {
        assertInvalid(
                WRITTEN.replace(", \"sha256\": \"" + "d".repeat(64) + "\"", ""),
                "line 15, column 5: a dependency without \"sha256\"");
        assertInvalid(WRITTEN.replace("d".repeat(64), ""), "line 15, column 106: an empty string");
        assertInvalid(
                WRITTEN.replace("e".repeat(64), "E"),
                "line 51, column 114: a SHA-256 digest is 64 lower-case hexadecimal digits: E");
    }

    @Test
    void aModuleOfTheReactorHasNoChecksum() {
        assertInvalid(
                WRITTEN.replace("\"reactor\": true", "\"reactor\": true, \"repository\": \"central\""),
                "line 14, column 5: a dependency of the reactor has no \"repository\"");
    }

    @Test
    void nothingIsThereTwice() {
        assertInvalid(
                WRITTEN.replace("  \"javaRelease\": 17,\n", "  \"javaRelease\": 17,\n  \"javaRelease\": 17,\n"),
                "line 20, column 16: Duplicate field 'javaRelease'");
        assertInvalid(WRITTEN.replace("weights/0.bin", "model.onnx"), "line 21, column 22: there twice: model.onnx");
    }

    @Test
    void pathsStayInsideTheModel() {
        assertInvalid(
                WRITTEN.replace("weights/0.bin", "../0.bin"), "line 32, column 9: not a normalised path: ../0.bin");
        assertInvalid(
                WRITTEN.replace("weights/0.bin", "/0.bin"),
                "line 32, column 9: not a relative path with forward slashes: /0.bin");
    }

    @Test
    void malformedFilesSayWhere() {
        assertInvalid("[]", "line 1, column 1: an object expected, found [");
        assertInvalid(
                "{\n  \"lockVersion\" 1}",
                "line 2, column 17: Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value");
        assertInvalid(WRITTEN + "{}", "line 59, column 1: something after the end");
        assertInvalid(WRITTEN.replace("\"onnx\"", "\"pickle\""), "line 34, column 17: unknown model format: pickle");
        assertInvalid(
                WRITTEN.replace("\"kind\": \"jdk\"", "\"kind\": \"iso\""),
                "line 3, column 11: unknown kind of base: iso");
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] bytes = "{\n  \"é".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> LockCodec.read("ml.lock", bytes))
                .hasMessage("ML-LOCK-INVALID: ml.lock: line 2, column 4: not UTF-8" + REPAIR);
    }

    @Test
    void aHugeFileIsNotEvenRead() {
        assertThatThrownBy(() -> LockCodec.read("ml.lock", new byte[LockCodec.MAX_BYTES + 1]))
                .hasMessage(
                        "ML-LOCK-INVALID: ml.lock: too large for a lock file; expected at most 16777216 bytes, found"
                                + " more" + REPAIR);
    }

    private static void assertInvalid(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(LockException.class)
                .hasMessage("ML-LOCK-INVALID: ml.lock: " + message + REPAIR);
    }

    private static Lock read(String text) throws LockException {
        return LockCodec.read("ml.lock", text.getBytes(StandardCharsets.UTF_8));
    }
}
