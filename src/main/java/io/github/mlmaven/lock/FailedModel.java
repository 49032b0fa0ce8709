package io.github.mlmaven.lock;

import io.github.mlmaven.model.ModelFile;
import java.util.List;

/**
 * A model that failed its checks: only the bytes of its files are known to be true.
 *
 * @param files its files; none where it could not be read
 * @param golden the files of those golden cases that could be read
 */
public record FailedModel(List<ModelFile> files, List<ModelFile> golden) {
    public FailedModel {
        files = List.copyOf(files);
        golden = List.copyOf(golden);
    }
}
