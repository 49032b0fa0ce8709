package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import java.util.List;

/** Locks, and the lines in which they differ. */
abstract class LockDifferenceFixture {

    static final String A = "a".repeat(64);
    static final String D = "d".repeat(64);
    static final String E = "e".repeat(64);
    static final String NINES = "9".repeat(64);
    static final String POM = ". Restore the pom, or run `mvn ml:lock` to accept what is there now.";
    static final String FILE = ". Restore the file, or run `mvn ml:lock` to accept what is there now.";
    static final String MODEL = ". Restore the model, or run `mvn ml:lock` to accept what is there now.";

    static final String ACCEPT =
            ". Restore the model, or run `mvn ml:lock` to accept the contract once the clients know.";

    static List<String> lines(Lock found) {
        return lines(Locks.LOCK, found);
    }

    static List<String> lines(Lock locked, Lock found) {
        return LockDifference.between(locked, found).findings().stream()
                .map(Finding::line)
                .toList();
    }

    static Lock dependencies(LockedArtifact... dependencies) {
        return Locks.with(Section.DEPENDENCIES, List.of(dependencies));
    }

    static LockedModel with(Contract contract) {
        return new LockedModel(
                ModelFormat.ONNX, Locks.MODEL.opsets(), Locks.MODEL.files(), contract, Locks.MODEL.golden());
    }

    static TensorSpec tensor(String name, Datatype datatype) {
        return new TensorSpec(name, datatype, new Shape(List.of(new Dimension.Symbolic("N"))));
    }
}
