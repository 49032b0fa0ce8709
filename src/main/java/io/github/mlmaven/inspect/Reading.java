package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.ModelFile;
import java.util.List;

/** What a {@link FormatReader} made of a model's files. */
public sealed interface Reading {

    /**
     * Nothing is wrong with them.
     *
     * @param files the model's files, the main file first, then external data by path
     * @param summary what they say
     */
    record Accepted(List<ModelFile> files, ModelSummary summary) implements Reading {
        public Accepted {
            files = List.copyOf(files);
        }
    }

    /**
     * Something is wrong with them.
     *
     * @param findings everything that is wrong, at least one
     */
    record Refused(List<Finding> findings) implements Reading {
        public Refused {
            findings = List.copyOf(findings);
        }
    }
}
