package io.github.mlmaven.mojo;

import io.github.mlmaven.embed.Placement;
import io.github.mlmaven.files.FileTree;
import io.github.mlmaven.files.LinkedFiles;
import io.github.mlmaven.files.WholeFile;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.jspecify.annotations.Nullable;

/** The models beside the project's own jar, in {@code target/model}, which are not in the jar. */
final class ModelFolders {

    static final String FOLDER = "model";

    private static final int MAX_BYTES = 1 << 20;

    private ModelFolders() {}

    /** Where the models' files go. */
    static Placement placement(@Nullable String configured, List<VerifiedModel> models) throws MojoFailureException {
        if (configured == null) {
            return Placement.of(models);
        }
        return Placement.of(configured)
                .orElseThrow(() -> new MojoFailureException(
                        "ml.embed: expected jar or file, found \"" + configured + "\". Correct it."));
    }

    /**
     * Puts them there, each version as a model repository has it; large files are not there twice. Those that an earlier
     * build put there are gone, and whatever else is in the folder stays.
     *
     * @param list a file with what was put there
     */
    static void put(List<VerifiedModel> models, Path folder, Path list) throws IOException {
        for (String version : WholeFile.lines(list, MAX_BYTES)) {
            Path there = folder.resolve(version).normalize();
            boolean within = there.startsWith(folder.normalize()) && !there.equals(folder.normalize());
            if (within && models.stream().noneMatch(model -> isIn(model, there))) {
                FileTree.delete(there);
            }
        }
        List<String> versions = models.stream()
                .map(model -> model.name() + "/" + model.version())
                .toList();
        WholeFile.write(list, String.join("\n", versions));
        for (VerifiedModel model : models) {
            Path version = folder.resolve(model.name()).resolve(model.version());
            LinkedFiles.put(
                    model.inspected().source().folder(),
                    model.inspected().files().stream().map(ModelFile::path).toList(),
                    version);
            WholeFile.write(
                    version.resolve(DescriptorJson.VERSION_FILE),
                    out -> DescriptorJson.write(out, List.of(model.descriptor())));
        }
    }

    private static boolean isIn(VerifiedModel model, Path folder) {
        Path source = model.inspected().source().folder().toAbsolutePath().normalize();
        return source.startsWith(folder.toAbsolutePath());
    }
}
