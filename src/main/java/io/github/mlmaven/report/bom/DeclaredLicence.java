package io.github.mlmaven.report.bom;

import java.util.Optional;

/**
 * A licence as a pom declares it.
 *
 * @param name its name, in whatever words
 * @param url where its text is
 */
public record DeclaredLicence(Optional<String> name, Optional<String> url) {}
