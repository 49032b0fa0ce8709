package io.github.mlmaven.lock;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.ModelFile;
import java.util.List;
import java.util.Optional;

/**
 * A model that failed its checks: only the bytes of its files and what they declare are known.
 *
 * @param files its files; none where it could not be read
 * @param golden the files of those golden cases that could be read
 * @param contract its inputs and outputs; empty where they could not be read
 */
public record FailedModel(List<ModelFile> files, List<ModelFile> golden, Optional<Contract> contract) {
    public FailedModel {
        files = List.copyOf(files);
        golden = List.copyOf(golden);
    }
}
