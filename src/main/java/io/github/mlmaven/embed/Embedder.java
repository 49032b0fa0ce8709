package io.github.mlmaven.embed;

import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.json.DescriptorJson;
import io.github.mlmaven.model.json.ExampleJson;
import io.github.mlmaven.verify.VerifiedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the descriptor, the models' examples and the entrypoint, and says which model files go into the jar. */
public final class Embedder {

    /** Writes what has changed, so that an unchanged build compiles nothing again. */
    public Embedded embed(EmbedRequest request) throws IOException, InvalidNameException {
        String packageName = request.packageName().orElseGet(() -> JavaNames.packageName(request.groupId()));
        String className = request.className().orElseGet(() -> JavaNames.className(request.artifactId()));
        if (!JavaNames.isPackageName(packageName)) {
            throw new InvalidNameException("ml.embed.packageName", "a legal Java package name", packageName);
        }
        if (!JavaNames.isClassName(className)) {
            throw new InvalidNameException("ml.embed.className", "a legal Java class name", className);
        }
        Path source = request.sources().resolve(packageName.replace('.', '/')).resolve(className + ".java");
        removeOthers(request.sources(), Set.of(source));
        write(
                source,
                EntrypointSource.of(packageName, className, request.artifactId(), request.version(), request.models())
                        .getBytes(StandardCharsets.UTF_8));
        write(request.resources().resolve(DescriptorJson.RESOURCE), descriptor(request.models()));
        Set<String> versions = writeVersions(request);
        writeExamples(request);
        List<VerifiedModel> inJar = request.placement() == Placement.JAR ? request.models() : List.of();
        removeOthers(
                request.classes().resolve(DescriptorJson.MODEL_RESOURCES),
                Stream.concat(inJar.stream().flatMap(Embedder::resources), versions.stream())
                        .map(request.classes()::resolve)
                        .collect(Collectors.toSet()));
        List<Embedded.ModelFolder> folders =
                inJar.stream().map(Embedder::folder).toList();
        return new Embedded(packageName + "." + className, source, folders);
    }

    private static byte[] descriptor(List<VerifiedModel> models) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<ModelDescriptor> descriptors =
                models.stream().map(VerifiedModel::descriptor).toList();
        DescriptorJson.write(bytes, descriptors);
        return bytes.toByteArray();
    }

    /** Beside each model its own descriptor, so that the folder of a version can go into a model repository. */
    private static Set<String> writeVersions(EmbedRequest request) throws IOException {
        Set<String> written = new HashSet<>();
        for (VerifiedModel model : request.models()) {
            String resource = target(model) + "/" + DescriptorJson.VERSION_FILE;
            write(request.resources().resolve(resource), descriptor(List.of(model)));
            written.add(resource);
        }
        removeOthers(
                request.resources().resolve(DescriptorJson.MODEL_RESOURCES),
                written.stream().map(request.resources()::resolve).collect(Collectors.toSet()));
        return written;
    }

    /** Of each model the first golden case that is small enough to be read by people; none when all are large. */
    private static void writeExamples(EmbedRequest request) throws IOException {
        Set<String> written = new HashSet<>();
        for (VerifiedModel model : request.models()) {
            Optional<byte[]> example = model.golden().stream()
                    .flatMap(golden -> ExampleJson.write(new Example(golden.inputs(), golden.outputs())).stream())
                    .findFirst();
            if (example.isPresent()) {
                String resource = ExampleJson.RESOURCES + model.name() + ".json";
                write(request.resources().resolve(resource), example.get());
                written.add(resource);
            }
        }
        for (Path root : List.of(request.resources(), request.classes())) {
            removeOthers(
                    root.resolve(ExampleJson.RESOURCES),
                    written.stream().map(root::resolve).collect(Collectors.toSet()));
        }
    }

    private static Stream<String> resources(VerifiedModel model) {
        return model.inspected().files().stream().map(file -> target(model) + "/" + file.path());
    }

    private static Embedded.ModelFolder folder(VerifiedModel model) {
        return new Embedded.ModelFolder(
                model.inspected().source().folder(),
                model.inspected().files().stream().map(ModelFile::path).toList(),
                target(model));
    }

    private static String target(VerifiedModel model) {
        return DescriptorJson.MODEL_RESOURCES + model.name() + "/" + model.version();
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** A renamed class or a removed model must not stay in the jar because an earlier build put it there. */
    private static void removeOthers(Path folder, Set<Path> keep) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!keep.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }
}
