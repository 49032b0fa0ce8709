package io.github.mlmaven.mojo;

import io.github.mlmaven.inspect.source.FetchedModel;
import io.github.mlmaven.inspect.source.ModelStore;
import io.github.mlmaven.inspect.source.WantedModel;
import io.github.mlmaven.mojo.resolve.ModelArtifacts;
import io.github.mlmaven.mojo.stage.BuildMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.maven.execution.MavenSession;

/**
 * The models that a pom takes from repositories, fetched once in a build.
 *
 * @param artifacts who fetches
 * @param session whose current project's repositories are asked
 * @param context what the goals of the build share
 * @param root the folder for the models' folders
 */
@SuppressWarnings("rawtypes") // Maven hands the context over without type arguments.
record FetchedModels(ModelArtifacts artifacts, MavenSession session, Map context, Path root) {

    /** What was fetched, wrapped so that it has a type of its own. */
    private record All(List<FetchedModel> models) {}

    /**
     * Those of a configuration that have an artifact.
     *
     * @param told hears of each model when it is fetched
     */
    List<FetchedModel> of(List<ModelConfiguration> models, Consumer<FetchedModel> told)
            throws IOException, InterruptedException {
        List<WantedModel> wanted = models.stream()
                .filter(model -> model.getArtifact() != null)
                .map(model -> new WantedModel(
                        String.valueOf(model.getName()),
                        String.valueOf(model.getArtifact()),
                        Optional.ofNullable(model.getPath())))
                .toList();
        if (wanted.isEmpty()) {
            return List.of();
        }
        return new BuildMemory(context)
                .once(wanted, All.class, () -> {
                    List<FetchedModel> fetched = new ModelStore(artifacts.of(session), root).fetch(wanted);
                    fetched.forEach(told);
                    return new All(fetched);
                })
                .models();
    }
}
