package io.github.mlmaven.lock;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.ModelFormat;
import io.github.mlmaven.model.json.ContractJson;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Reads a lock's fields; the counterpart of {@link LockWriter}. */
final class LockReader {

    /** A version that is not {@link Lock#VERSION}; nothing after it can be understood. */
    static final class UnknownVersion extends IOException {
        private static final long serialVersionUID = 1L;
        private final long found;

        UnknownVersion(long found) {
            this.found = found;
        }

        long found() {
            return found;
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
        Field<BaseIdentity> base = afterVersion(version, "base", this::base);
        Field<List<LockedArtifact>> dependencies =
                afterVersion(version, "dependencies", () -> json.array(this::dependency));
        Field<String> engine = afterVersion(version, "engine", json::text);
        Field<Integer> javaRelease = afterVersion(version, "javaRelease", json::smallNumber);
        Field<SortedMap<String, LockedModel>> models = afterVersion(version, "models", () -> json.map(this::model));
        Field<List<LockedArtifact>> plugins = afterVersion(version, "plugins", () -> json.array(this::plugin));
        Field<String> serving = afterVersion(version, "serving", json::text);
        JsonLocation start =
                json.object("a lock", version, base, dependencies, engine, javaRelease, models, plugins, serving);
        Lock lock = json.make(
                start,
                () -> new Lock(
                        javaRelease.get(),
                        engine.get(),
                        serving.get(),
                        base.get(),
                        models.get(),
                        dependencies.get(),
                        plugins.get()));
        json.end();
        return lock;
    }

    private int version() throws IOException {
        long version = json.number();
        if (version != Lock.VERSION) {
            throw new UnknownVersion(version);
        }
        return Lock.VERSION;
    }

    private <T> Field<T> afterVersion(Field<Integer> version, String name, Field.Reader<T> reader) {
        return Field.required(name, () -> {
            if (version.isMissing()) {
                throw json.wrong("\"" + name + "\" before \"lockVersion\"", json.at());
            }
            return reader.read();
        });
    }

    private BaseIdentity base() throws IOException {
        Field<String> kind = Field.required("kind", json::text);
        Field<String> reference = Field.optional("reference", json::text);
        Field<SortedMap<String, Digest>> platforms = Field.optional("platforms", () -> json.map(json::digest));
        Field<String> vendor = Field.optional("vendor", json::text);
        Field<String> version = Field.optional("version", json::text);
        Field<Digest> modules = Field.optional("modules", json::digest);
        JsonLocation start = json.object("a base", kind, reference, platforms, vendor, version, modules);
        return switch (kind.get()) {
            case "registry" -> {
                only(start, "a registry base", List.of(reference, platforms), List.of(vendor, version, modules));
                yield json.make(start, () -> new BaseIdentity.Registry(reference.get(), platforms.get()));
            }
            case "jdk" -> {
                only(start, "a jdk base", List.of(vendor, version, modules), List.of(reference, platforms));
                yield new BaseIdentity.Jdk(vendor.get(), version.get(), modules.get());
            }
            default -> throw json.wrong("unknown kind of base: " + kind.get(), start);
        };
    }

    private LockedModel model() throws IOException {
        Field<Contract> contract = Field.required("contract", () -> ContractJson.read(parser));
        Field<List<ModelFile>> files = Field.required("files", () -> json.array(this::file));
        Field<ModelFormat> format = Field.required("format", this::format);
        Field<List<ModelFile>> golden = Field.required("golden", () -> json.array(this::file));
        Field<SortedMap<String, Long>> opsets = Field.required("opsets", () -> json.map(json::number));
        JsonLocation start = json.object("a model", contract, files, format, golden, opsets);
        return json.make(
                start, () -> new LockedModel(format.get(), opsets.get(), files.get(), contract.get(), golden.get()));
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

    private LockedArtifact dependency() throws IOException {
        return artifact("a dependency", Field.required("scope", json::text));
    }

    private LockedArtifact plugin() throws IOException {
        return artifact("a plugin", Field.optional("scope", () -> {
            throw json.wrong("a plugin has no scope", json.at());
        }));
    }

    private LockedArtifact artifact(String what, Field<String> scope) throws IOException {
        Field<String> artifact = Field.required("artifact", json::text);
        Field<Boolean> reactor = Field.optional("reactor", json::yes);
        Field<String> repository = Field.optional("repository", json::text);
        Field<Digest> sha256 = Field.optional("sha256", json::sha256);
        JsonLocation start = json.object(what, artifact, reactor, repository, scope, sha256);
        String inScope = scope.found().orElse("");
        if (reactor.found().isPresent()) {
            only(start, what + " of the reactor", List.of(), List.of(repository, sha256));
            return json.make(start, () -> new LockedArtifact.Sibling(key(artifact.get()), inScope));
        }
        only(start, what, List.of(repository, sha256), List.of());
        String text = artifact.get();
        int colon = text.lastIndexOf(':');
        return json.make(
                start,
                () -> new LockedArtifact.Fetched(
                        key(text.substring(0, Math.max(colon, 0))),
                        text.substring(colon + 1),
                        inScope,
                        sha256.get(),
                        repository.get()));
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
