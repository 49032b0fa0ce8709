package io.github.mlmaven.jib;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.json.DescriptorJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.maven.project.MavenProject;

/**
 * The models of a project, as the same build verified and embedded them.
 *
 * @param mainClass the generated entrypoint
 * @param classes the project's class folder
 * @param models their descriptors
 * @param folders where the files of each are that is not in the class folder, by {@code NAME/VERSION}
 */
record EmbeddedModels(String mainClass, Path classes, List<ModelDescriptor> models, Map<String, Path> folders) {

    private static final String NEXT =
            "Run a phase from package on, for example `mvn package`, with the goals verify, lock and embed of"
                    + " ml-maven-plugin bound before Jib's.";

    EmbeddedModels {
        models = List.copyOf(models);
        folders = Map.copyOf(folders);
    }

    /**
     * Reads them, and every file to its end.
     *
     * @throws PlanException when this build did not verify them, or they are not what it verified
     */
    static EmbeddedModels of(MavenProject project) throws PlanException, IOException {
        String place = project.getArtifactId();
        Optional<String> mainClass = EmbeddedMark.mainClass(project);
        if (mainClass.isEmpty()) {
            throw new PlanException(Finding.of(
                    FindingId.IMAGE_CONTENT,
                    place,
                    "the models were not verified in this build",
                    "the goal ml:embed before Jib's in the same build",
                    "none",
                    NEXT));
        }
        Path classes = Path.of(project.getBuild().getOutputDirectory());
        Path descriptor = classes.resolve(DescriptorJson.RESOURCE);
        if (!Files.isRegularFile(descriptor)) {
            throw new PlanException(Finding.of(
                    FindingId.IMAGE_CONTENT,
                    place,
                    "the models are not among the project's classes",
                    DescriptorJson.RESOURCE + " in the class folder",
                    "none",
                    "Bind Jib's goal to package, after the project's resources are copied."));
        }
        try (InputStream in = Files.newInputStream(descriptor)) {
            List<ModelDescriptor> models = DescriptorJson.read(in);
            Map<String, Path> folders = new TreeMap<>();
            models.forEach(model ->
                    EmbeddedMark.folder(project, id(model)).ifPresent(folder -> folders.put(id(model), folder)));
            EmbeddedModels embedded = new EmbeddedModels(mainClass.get(), classes, models, folders);
            embedded.check();
            return embedded;
        }
    }

    private static String id(ModelDescriptor model) {
        return model.name() + "/" + model.version();
    }

    /** Where the class folder has all models. */
    Path folder() {
        return classes.resolve(DescriptorJson.MODEL_RESOURCES);
    }

    /** A file of a model: in the class folder, or where it was verified. */
    Path file(ModelDescriptor model, ModelFile file) {
        Path embedded = folder().resolve(id(model)).resolve(file.path());
        Path verified = folders.get(id(model));
        return Files.exists(embedded) || verified == null ? embedded : verified.resolve(file.path());
    }

    private void check() throws PlanException, IOException {
        for (ModelDescriptor model : models) {
            for (ModelFile file : model.files()) {
                Path there = file(model, file);
                String found = Files.isRegularFile(there) ? "sha256:" + sha256(there) : "no such file";
                if (!found.equals(file.digest().toString())) {
                    throw new PlanException(Finding.of(
                            FindingId.IMAGE_CONTENT,
                            place(there),
                            "the file is not the one that was verified",
                            file.digest().toString(),
                            found,
                            "Let nothing change the models and their resources meanwhile, and build again with"
                                    + " clean."));
                }
            }
        }
    }

    /** As messages write it: below the class folder, if it is there. */
    private String place(Path file) {
        return (file.startsWith(classes) ? classes.relativize(file) : file)
                .toString()
                .replace('\\', '/');
    }

    /** With the JDK alone: what else there is to do it with depends on Jib's own class path. */
    private static String sha256(Path file) throws IOException {
        try (DigestInputStream in =
                new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
