package io.github.mlmaven.verify.golden;

import java.nio.file.Path;

/**
 * Golden inputs that fit the model, without any output to compare with.
 *
 * @param golden the case; its outputs are empty
 * @param target where its outputs would go: a data set's folder, or the file of a JSON case
 * @param place the target relative to the project, with {@code /}
 */
public record UnrecordedCase(GoldenCase golden, Path target, String place) {}
