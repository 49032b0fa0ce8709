package io.github.mlmaven.report.provenance;

import java.util.Optional;

/**
 * The commit that was checked out.
 *
 * @param id its hash, in hexadecimal
 * @param repository where the project says that its source is
 */
public record SourceCommit(String id, Optional<String> repository) {}
