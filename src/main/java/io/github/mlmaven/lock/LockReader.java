package io.github.mlmaven.lock;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.json.ContractJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a lock's fields; the counterpart of {@link LockWriter}. */
final class LockReader {

    /** A version that is not {@link Lock#VERSION}; nothing after it can be understood. */
    static final class UnknownVersion extends IOException {
        private static final long serialVersionUID = 1L;
        private final long found;
        private final transient JsonLocation at;

        UnknownVersion(long found, JsonLocation at) {
            this.found = found;
            this.at = at;
        }

        long found() {
            return found;
        }

        /** Where it is, {@code line 2, column 18}. */
        String at() {
            return "line " + at.getLineNr() + ", column " + at.getColumnNr();
        }
    }

    private final JsonParser parser;
    private final StrictJson json;

    LockReader(JsonParser parser) {
        this.parser = parser;
        this.json = new StrictJson(parser);
    }

    Lock read() throws IOException {
        json.next();
        Field<Integer> version = Field.required("lockVersion", this::version);
        Field<BaseIdentity> base = requiredAfter(version, "base", this::base);
        Field<String> engine = requiredAfter(version, "engine", json::text);
        Field<Integer> javaRelease = requiredAfter(version, "javaRelease", json::smallNumber);
        Field<SortedMap<String, LockedModel>> models = requiredAfter(version, "models", () -> json.map(this::model));
        Field<SortedMap<String, String>> packaging =
                requiredAfter(version, "packaging", () -> json.map(json::textOrEmpty));
        Field<String> serving = requiredAfter(version, "serving", json::text);
        // Locks that were written before there was such an object have none.
        Field<SortedMap<String, String>> verification =
                Field.optional("verification", afterVersion(version, "verification", () -> json.map(json::text)));
        List<Field<?>> fields =
                new ArrayList<>(List.of(version, base, engine, javaRelease, models, packaging, serving, verification));
        Map<Section, Field<List<LockedArtifact>>> sections = new EnumMap<>(Section.class);
        for (Section section : Section.values()) {
            sections.put(section, requiredAfter(version, section.field(), () -> artifacts(section)));
        }
        fields.addAll(sections.values());
        JsonLocation start = json.object("a lock", fields.toArray(Field<?>[]::new));
        Map<Section, List<LockedArtifact>> artifacts = new EnumMap<>(Section.class);
        sections.forEach((section, field) -> artifacts.put(section, field.get()));
        Lock lock = json.make(
                start,
                () -> new Lock(
                        javaRelease.get(),
                        engine.get(),
                        serving.get(),
                        base.get(),
                        packaging.get(),
                        verification.found().orElseGet(TreeMap::new),
                        models.get(),
                        artifacts));
        json.end();
        return lock;
    }

    private int version() throws IOException {
        long version = json.number();
        if (version != Lock.VERSION) {
            throw new UnknownVersion(version, json.at());
        }
        return Lock.VERSION;
    }

    private <T> Field<T> requiredAfter(Field<Integer> version, String name, Field.Reader<T> reader) {
        return Field.required(name, afterVersion(version, name, reader));
    }

    private <T> Field.Reader<T> afterVersion(Field<Integer> version, String name, Field.Reader<T> reader) {
        return () -> {
            if (version.isMissing()) {
                throw json.wrong("\"" + name + "\" before \"lockVersion\"", json.at());
            }
            return reader.read();
        };
    }

    private BaseIdentity base() throws IOException {
        Field<String> kind = Field.required("kind", json::text);
        Field<String> reference = Field.optional("reference", json::text);
        Field<SortedMap<String, Digest>> platforms = Field.optional("platforms", () -> json.map(json::digest));
        Field<String> vendor = Field.optional("vendor", json::text);
        Field<String> version = Field.optional("version", json::text);
        Field<Digest> modules = Field.optional("modules", json::digest);
        Field<String> platform = Field.optional("platform", json::text);
        Field<SortedMap<String, Digest>> libraries = Field.optional("libraries", () -> json.map(json::digest));
        List<Field<?>> ofRegistry = List.of(reference, platforms);
        List<Field<?>> ofJdk = List.of(vendor, version, modules, platform, libraries);
        JsonLocation start =
                json.object("a base", kind, reference, platforms, vendor, version, modules, platform, libraries);
        return switch (kind.get()) {
            case "registry" -> {
                only(start, "a registry base", ofRegistry, ofJdk);
                yield json.make(start, () -> new BaseIdentity.Registry(reference.get(), platforms.get()));
            }
            case "jdk" -> {
                only(start, "a jdk base", ofJdk, ofRegistry);
                yield new BaseIdentity.Jdk(platform.get(), vendor.get(), version.get(), modules.get(), libraries.get());
            }
            default -> throw json.wrong("unknown kind of base: " + kind.get(), start);
        };
    }

    private LockedModel model() throws IOException {
        Field<LockedArtifact> artifact = Field.optional("artifact", () -> artifact("a model's artifact", false, false));
        Field<Contract> contract = Field.required("contract", () -> ContractJson.read(parser));
        Field<List<ModelFile>> files = Field.required("files", () -> json.array(this::file));
        Field<ModelFormat> format = Field.required("format", this::format);
        Field<List<ModelFile>> golden = Field.required("golden", () -> json.array(this::file));
        Field<SortedMap<String, Long>> opsets = Field.required("opsets", () -> json.map(json::number));
        JsonLocation start = json.object("a model", artifact, contract, files, format, golden, opsets);
        return json.make(
                start,
                () -> new LockedModel(
                        format.get(), opsets.get(), files.get(), contract.get(), golden.get(), artifact.found()));
    }

    private ModelFormat format() throws IOException {
        String id = json.text();
        return json.make(json.at(), () -> ModelFormat.of(id));
    }

    private ModelFile file() throws IOException {
        Field<String> path = Field.required("path", json::text);
        Field<Digest> sha256 = Field.required("sha256", json::sha256);
        Field<Long> size = Field.required("size", json::number);
        JsonLocation start = json.object("a file", path, sha256, size);
        return json.make(start, () -> new ModelFile(path.get(), size.get(), sha256.get()));
    }

    private List<LockedArtifact> artifacts(Section section) throws IOException {
        return json.array(() -> artifact(section));
    }

    private LockedArtifact artifact(Section section) throws IOException {
        return artifact("a " + section.what(), section.scoped(), section.owned());
    }

    private LockedArtifact artifact(String what, boolean scoped, boolean owned) throws IOException {
        Field<String> artifact = Field.required("artifact", json::text);
        Field<String> owner = Field.optional("of", json::text);
        Field<String> profile = Field.optional("profile", json::text);
        Field<Boolean> reactor = Field.optional("reactor", json::yes);
        Field<String> repository = Field.optional("repository", json::text);
        Field<String> scope = Field.optional("scope", json::text);
        Field<Digest> sha256 = Field.optional("sha256", json::sha256);
        JsonLocation start = json.object(what, artifact, owner, profile, reactor, repository, scope, sha256);
        only(start, what, scoped, scope);
        only(start, what, owned, owner);
        String inScope = scope.found().orElse("");
        String of = owner.found().orElse("");
        String in = profile.found().orElse("");
        if (reactor.found().isPresent()) {
            only(start, what + " of the reactor", List.of(), List.of(repository, sha256));
            return json.make(
                    start,
                    () -> new LockedArtifact.Sibling(new LockedArtifact.Id(key(artifact.get()), of, in), inScope));
        }
        only(start, what, List.of(repository, sha256), List.of());
        String text = artifact.get();
        int colon = text.lastIndexOf(':');
        return json.make(
                start,
                () -> new LockedArtifact.Fetched(
                        new LockedArtifact.Id(key(text.substring(0, Math.max(colon, 0))), of, in),
                        text.substring(colon + 1),
                        inScope,
                        sha256.get(),
                        repository.get()));
    }

    private void only(JsonLocation start, String what, boolean with, Field<?> field) throws IOException {
        only(start, what, with ? List.of(field) : List.of(), with ? List.of() : List.of(field));
    }

    private static ArtifactKey key(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length < 3 || parts.length > 4) {
            throw new IllegalArgumentException(
                    "an artifact is GROUP:NAME:EXTENSION[:CLASSIFIER]:VERSION, or one of the reactor without VERSION");
        }
        return new ArtifactKey(parts[0], parts[1], parts[2], parts.length == 4 ? parts[3] : "");
    }

    private void only(JsonLocation start, String what, List<Field<?>> with, List<Field<?>> without) throws IOException {
        for (Field<?> field : with) {
            if (field.found().isEmpty()) {
                throw json.wrong(what + " without \"" + field.name() + "\"", start);
            }
        }
        for (Field<?> field : without) {
            Optional<?> found = field.found();
            if (found.isPresent()) {
                throw json.wrong(what + " has no \"" + field.name() + "\"", start);
            }
        }
    }
}
