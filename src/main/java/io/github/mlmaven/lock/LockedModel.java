package io.github.mlmaven.lock;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model in a lock.
 *
 * @param format its format
 * @param opsets the version of every operator set it imports, by domain
 * @param files its files, by path
 * @param contract its inputs and outputs, in the model's order
 * @param golden the files of its golden data, by path
 * @param artifact the artifact that it came from, without a scope; empty for a model of the project itself
 */
public record LockedModel(
        ModelFormat format,
        SortedMap<String, Long> opsets,
        List<ModelFile> files,
        Contract contract,
        List<ModelFile> golden,
        Optional<LockedArtifact> artifact) {

    public LockedModel {
        opsets = Collections.unmodifiableSortedMap(new TreeMap<>(opsets));
        files = Sorted.unique(files, ModelFile::path);
        golden = Sorted.unique(golden, ModelFile::path);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a model has files");
        }
    }

    /** A model of the project itself. */
    public LockedModel(
            ModelFormat format,
            SortedMap<String, Long> opsets,
            List<ModelFile> files,
            Contract contract,
            List<ModelFile> golden) {
        this(format, opsets, files, contract, golden, Optional.empty());
    }

    /** The form in messages: {@code onnx, 2 files, 6 golden files}. */
    @Override
    public String toString() {
        return format.id() + ", " + count(files.size(), "file") + ", " + count(golden.size(), "golden file");
    }

    private static String count(int number, String what) {
        return number + " " + (number == 1 ? what : what + "s");
    }
}
