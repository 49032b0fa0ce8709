package io.github.mlmaven.verify.signature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles and statements that are malformed, or of another kind. */
class SignatureBundleTest extends SignatureFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{} {}",
                "{\"a\": 1, \"a\": 2}",
                "{\"mediaType\": 7}",
                "{\"dsseEnvelope\": []}",
                "{\"dsseEnvelope\": {\"payload\": \"?\"}}"
            })
    void whatIsNoBundleIsTold(String text) throws Exception {
        Files.writeString(folder.resolve("model.sig"), text);

        assertThat(lines(verify(trust(key.getPublic()))))
                .singleElement()
                .asString()
                .startsWith("ML-SIGN-INVALID: " + SIGNATURE + "the signature is not a Sigstore bundle; expected JSON as"
                        + " model_signing 1 writes it, found ")
                .endsWith(RESTORE);
    }

    @Test
    void jsonThatIsNestedWithoutEndIsTold() throws Exception {
        Files.writeString(folder.resolve("model.sig"), "{\"a\":".repeat(100_000));

        assertThat(lines(verify(trust(key.getPublic()))))
                .singleElement()
                .asString()
                .contains("nesting depth");
    }

    @Test
    void aSignatureThatIsTooLargeIsNotRead() throws Exception {
        Files.write(folder.resolve("model.sig"), new byte[(8 << 20) + 1]);

        assertThat(lines(verify(trust(key.getPublic()))))
                .containsExactly(
                        "ML-SIGN-INVALID: " + SIGNATURE + "the signature is too large; expected at most 8388608"
                                + " bytes, found 8388609 bytes" + RESTORE);
    }

    @Test
    void aSignatureThatIsAFolderOrALinkIsTold() throws Exception {
        Files.createSymbolicLink(folder.resolve("model.sig"), Path.of("/dev/zero"));

        assertThat(lines(verify(trust(key.getPublic()))))
                .containsExactly("ML-SIGN-INVALID: " + SIGNATURE + "the signature is not a plain file; expected a plain"
                        + " file, found something else" + RESTORE);
    }

    @Test
    void anotherBundleOrPayloadOrNumberOfSignaturesIsTold() throws Exception {
        assertThat(bundleWith(bundle -> bundle.put("mediaType", "text/plain")))
                .isEqualTo("the signature is not a Sigstore bundle; expected"
                        + " application/vnd.dev.sigstore.bundle.v0.3+json, found \"text/plain\"");
        assertThat(bundleWith(bundle -> ((ObjectNode) bundle.get("dsseEnvelope")).put("payloadType", "x")))
                .isEqualTo("what is signed is not a statement of in-toto; expected payloadType"
                        + " application/vnd.in-toto+json, found \"x\"");
        assertThat(bundleWith(bundle -> ((ArrayNode) bundle.at("/dsseEnvelope/signatures")).removeAll()))
                .isEqualTo("the bundle has not one signature; expected one signature, found 0 signatures");
    }

    @Test
    void whatIsSignedIsLookedAtInEveryPart() throws Exception {
        assertThat(statementWith(statement -> statement.put("_type", "x")))
                .isEqualTo("what is signed is not a statement of in-toto; expected https://in-toto.io/Statement/v1,"
                        + " found \"x\"");
        assertThat(statementWith(statement -> serialization(statement).put("method", "x")))
                .isEqualTo("the files were put in order in an unknown way; expected files or shards, found \"x\"");
        assertThat(statementWith(statement -> serialization(statement).put("hash_type", "md5")))
                .isEqualTo("the digests of the files are of an unknown algorithm; expected sha256, found \"md5\"");
        assertThat(statementWith(statement -> resource(statement).put("algorithm", "md5")))
                .isEqualTo("the digest of \"data/weights\" is of another algorithm; expected sha256, found \"md5\"");
        assertThat(statementWith(statement -> resource(statement).put("digest", "00")))
                .isEqualTo("the digest of \"data/weights\" is malformed; expected 64 hexadecimal digits, found \"00\"");
        assertThat(statementWith(statement -> resource(statement).put("name", "model.onnx")))
                .isEqualTo("a file is listed twice; expected each file once, found \"model.onnx\"");
        assertThat(statementWith(statement -> ((ArrayNode) statement.get("subject")).removeAll()))
                .isEqualTo("the statement is not about one model; expected one subject with a sha256, found 0");
        assertThat(statementWith(statement -> resource(statement).put("digest", "0".repeat(64))))
                .startsWith("the digest of the whole does not fit the digests of the files; expected \"");
        assertThat(statementWith(statement -> resource(statement).put("name", ".")))
                .isEqualTo("the signature is of a single file, which has no name in it; expected a signature of the"
                        + " model's folder, found a resource named \".\"");
        assertThat(statementWith(statement -> statement.put("predicate", 1)))
                .startsWith("what is signed is not a statement of in-toto; expected JSON as model_signing 1 writes it,"
                        + " found predicate is not an object at line 1, column ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../weights", "/etc/passwd", "data/../../x", "data//weights", "data\\\\weights", "./weights", ""
            })
    void aPathThatLeadsOutIsTold(String path) throws Exception {
        assertThat(statementWith(statement -> resource(statement).put("name", path)))
                .isEqualTo("a signed path leads out of the model's folder or is not normalised; expected a path below"
                        + " the folder, found \"" + path + "\"");
    }

    @Test
    void partsThatDoNotFitTogetherAreTold() throws Exception {
        assertThat(shardsWith("data/weights"))
                .isEqualTo("a part of a file has no range; expected PATH:BEGIN:END, found \"data/weights\"");
        assertThat(shardsWith("data/weights:0:6"))
                .isEqualTo("a part of a file is larger than parts are; expected at most 5 bytes, found"
                        + " \"data/weights:0:6\"");
        assertThat(shardsWith("data/weights:1:5"))
                .isEqualTo("the parts of \"data/weights\" do not lie one after another; expected a part that begins at"
                        + " 0, found 1");
        assertThat(shardsWith("data/weights:0:4"))
                .isEqualTo("the parts of \"data/weights\" do not lie one after another; expected a part that begins at"
                        + " 4, found 5");
    }

    @Test
    void digestsThatTheJdkCannotComputeAndOtherPredicatesAreNotVerified() throws Exception {
        assertThat(statementLine(statement -> serialization(statement).put("hash_type", "blake2b")))
                .isEqualTo("ML-SIGN-UNVERIFIED: " + SIGNATURE + "the digests of the files cannot be computed here;"
                        + " expected sha256, found blake2b. Sign the model with SHA-256, model_signing's default.");
        assertThat(statementLine(statement -> statement.put("predicateType", "https://model_signing/Digests/v0.1")))
                .isEqualTo("ML-SIGN-UNVERIFIED: " + SIGNATURE + "what is signed is not a manifest of a model; expected"
                        + " https://model_signing/signature/v1.0, found \"https://model_signing/Digests/v0.1\"."
                        + " Sign the model with model_signing 1.0 or later.");
    }
}
