package io.github.mlmaven.serving;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.json.DescriptorJson;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Optional;

/** Where the models' files are when nobody says it. */
final class ModelPlace {

    private static final String FOLDER = "model";

    private ModelPlace() {}

    /** The folder {@code model/} beside the jar of a class, if it has the models and the jar does not. */
    static Optional<Path> beside(Class<?> main, List<ModelDescriptor> models) {
        Optional<Path> folder = jar(main).map(jar -> jar.resolveSibling(FOLDER));
        return folder.filter(place -> models.stream().noneMatch(model -> isResource(model, main.getClassLoader()))
                && models.stream().allMatch(model -> Files.isDirectory(place.resolve(path(model)))));
    }

    private static Optional<Path> jar(Class<?> main) {
        CodeSource source = main.getProtectionDomain().getCodeSource();
        try {
            return source == null || source.getLocation() == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI())).filter(Files::isRegularFile);
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return Optional.empty(); // a class loader's own kind of place
        }
    }

    private static boolean isResource(ModelDescriptor model, ClassLoader resources) {
        return resources.getResource(DescriptorJson.MODEL_RESOURCES + path(model) + "/"
                        + model.mainFile().path())
                != null;
    }

    private static String path(ModelDescriptor model) {
        return model.name() + "/" + model.version();
    }
}
