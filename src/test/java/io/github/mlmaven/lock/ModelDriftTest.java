package io.github.mlmaven.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Models that are not as they were locked. */
class ModelDriftTest extends LockDifferenceFixture {

    @Test
    void ofAModelThatFailedItsChecksTheFilesAndTheContractAreCompared() {
        Lock found = new Lock(
                17,
                "",
                "ml-maven-plugin 1.0.0",
                Locks.JDK,
                Locks.LOCK.packaging(),
                Locks.LOCK.verification(),
                new TreeMap<>(),
                Locks.LOCK.artifacts());
        List<ModelFile> files = List.of(Locks.file("model.onnx", 1234, '9'), Locks.file("weights/0.bin", 99, 'b'));
        List<ModelFile> golden = List.of(Locks.file("test_data_set_0/input_0.pb", 10, '9'));

        Contract contract = new Contract(List.of(tensor("features", Datatype.FP32)), Locks.CONTRACT.outputs());
        LockDifference difference = LockDifference.between(
                Locks.LOCK,
                FoundLock.of(found),
                Map.of("breast-cancer", new FailedModel(files, golden, Optional.of(contract))));
        assertThat(difference.contracts())
                .extracting(ContractChange::model, change -> change.difference().breaking())
                .containsExactly(tuple("breast-cancer", true));
        assertThat(difference.drifts())
                .extracting(Drift::where)
                .containsExactly(
                        "models/breast-cancer/model.onnx", "models/breast-cancer/golden/test_data_set_0/input_0.pb");
        FailedModel unread = new FailedModel(List.of(), List.of(), Optional.empty());
        assertThat(LockDifference.between(Locks.LOCK, FoundLock.of(found), Map.of("breast-cancer", unread))
                        .isEmpty())
                .isTrue();
        assertThat(LockDifference.between(Locks.LOCK, found).drifts())
                .extracting(Drift::where, Drift::kind)
                .containsExactly(tuple("models/breast-cancer", Drift.Kind.MISSING));
    }

    @Test
    void aChangedByteInAModelShowsBothDigests() {
        LockedModel found = new LockedModel(
                ModelFormat.ONNX,
                Locks.MODEL.opsets(),
                List.of(Locks.file("model.onnx", 1234, '9'), Locks.file("weights/1.bin", 7, '9')),
                Locks.CONTRACT,
                List.of());
        assertThat(lines(Locks.withModels(Map.of("breast-cancer", found))))
                .containsExactly(
                        "ML-LOCK-DRIFT: models/breast-cancer/model.onnx: the model file is not the one that was locked;"
                                + " expected 1234 bytes sha256:" + A + ", found 1234 bytes sha256:" + NINES + FILE,
                        "ML-LOCK-DRIFT: models/breast-cancer/weights/0.bin: the model file is locked, but is not there;"
                                + " expected 99 bytes sha256:" + "b".repeat(64) + FILE,
                        "ML-LOCK-DRIFT: models/breast-cancer/weights/1.bin: the model file is there, but is not locked,"
                                + " found 7 bytes sha256:" + NINES + FILE,
                        "ML-LOCK-DRIFT: models/breast-cancer/golden/test_data_set_0/input_0.pb: the golden file is"
                                + " locked, but is not there; expected 10 bytes sha256:" + "c".repeat(64) + FILE);
    }

    @Test
    void aContractThatBreaksClientsIsAnErrorForEachTensor() {
        Contract contract =
                new Contract(List.of(tensor("features", Datatype.FP64)), List.of(tensor("scores", Datatype.FP32)));
        Lock found = Locks.withModels(Map.of("breast-cancer", with(contract)));
        assertThat(lines(found))
                .containsExactly(
                        "ML-CONTRACT-CHANGED: models/breast-cancer/contract/inputs/features: clients of the locked"
                                + " contract break: datatype changed, rank changed; expected features FP32[N,28], found"
                                + " features FP64[N]" + ACCEPT,
                        "ML-CONTRACT-CHANGED: models/breast-cancer/contract/outputs/label: clients of the locked"
                                + " contract break: output removed; expected label INT64[?]" + ACCEPT,
                        "ML-CONTRACT-EXTENDED: models/breast-cancer/contract/outputs/scores: the contract changed, and"
                                + " clients need not notice: output added, found scores FP32[N]. Run `mvn ml:lock` to"
                                + " accept it.");
        assertThat(LockDifference.between(Locks.LOCK, found).passes()).isFalse();
    }

    @Test
    void aContractThatNoClientNoticesPasses() {
        TensorSpec a = tensor("a", Datatype.FP32);
        TensorSpec b = tensor("b", Datatype.FP32);
        Lock locked = Locks.withModels(Map.of("m", with(new Contract(List.of(a, b), List.of()))));
        Lock found = Locks.withModels(Map.of("m", with(new Contract(List.of(b, a), List.of()))));
        assertThat(lines(locked, found))
                .containsExactly(
                        "ML-CONTRACT-EXTENDED: models/m/contract/inputs: the contract changed, and clients need"
                                + " not notice: another order; expected [a, b], found [b, a]. Run `mvn ml:lock` to accept it.");
        assertThat(LockDifference.between(locked, found).passes()).isTrue();
    }

    @Test
    void aChangedOperatorSetIsADrift() {
        LockedModel found = new LockedModel(
                ModelFormat.ONNX,
                new TreeMap<>(Map.of("ai.onnx", 21L)),
                Locks.MODEL.files(),
                Locks.CONTRACT,
                Locks.MODEL.golden());
        assertThat(lines(Locks.withModels(Map.of("breast-cancer", found))))
                .containsExactly(
                        "ML-LOCK-DRIFT: models/breast-cancer/opsets/ai.onnx: the operator set is not the one that was"
                                + " locked; expected version 15, found version 21" + MODEL,
                        "ML-LOCK-DRIFT: models/breast-cancer/opsets/ai.onnx.ml: the operator set is locked, but is not"
                                + " there; expected version 3" + MODEL);
    }

    @Test
    void aModelThatWasRenamedIsMissingAndExtraneous() {
        assertThat(lines(Locks.withModels(Map.of("cancer", Locks.MODEL))))
                .containsExactly(
                        "ML-LOCK-DRIFT: models/breast-cancer: the model is locked, but is not there; expected onnx, 2"
                                + " files, 1 golden file" + MODEL,
                        "ML-LOCK-DRIFT: models/cancer: the model is there, but is not locked, found onnx, 2 files, 1"
                                + " golden file" + MODEL);
    }
}
