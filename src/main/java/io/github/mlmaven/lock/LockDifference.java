package io.github.mlmaven.lock;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Digest;
import io.github.mlmaven.model.ModelFile;
import io.github.mlmaven.model.contract.ContractDifference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Everything in which what is there differs from what is locked. */
public final class LockDifference {

    private final Drifts drifts = new Drifts();
    private final List<ContractChange> contracts = new ArrayList<>();

    private LockDifference() {}

    /**
     * Compares. The repository that an artifact came from is no difference while its bytes are the locked ones: a
     * mirror may stand in.
     */
    public static LockDifference between(Lock locked, Lock found) {
        return between(locked, FoundLock.of(found), Map.of());
    }

    /**
     * Compares although some models failed their checks and are therefore not in what was found.
     *
     * @param failed what is known of each model that failed, by its name; only its files and contract are compared
     */
    public static LockDifference between(Lock locked, FoundLock found, Map<String, FailedModel> failed) {
        LockDifference difference = new LockDifference();
        difference.compare(locked, found, failed);
        return difference;
    }

    /** Everything but contracts, in the order of the lock file. */
    public List<Drift> drifts() {
        return drifts.all();
    }

    /** Each model whose contract differs, by name. */
    public List<ContractChange> contracts() {
        return List.copyOf(contracts);
    }

    /** Whether there is no difference at all. */
    public boolean isEmpty() {
        return drifts.all().isEmpty() && contracts.isEmpty();
    }

    /** Whether nothing differs but contracts, and of those no client need notice. */
    public boolean passes() {
        return drifts.all().isEmpty()
                && contracts.stream().noneMatch(change -> change.difference().breaking());
    }

    /** What to say: contracts first, then everything else in the order of the lock file. */
    public List<Finding> findings() {
        return Stream.concat(
                        contracts.stream().flatMap(change -> change.findings().stream()),
                        drifts.all().stream().map(Drift::toFinding))
                .toList();
    }

    private void compare(Lock locked, FoundLock there, Map<String, FailedModel> failed) {
        Lock found = there.lock();
        base(locked.base(), found.base());
        artifacts(Section.DEPENDENCIES, locked, there);
        if (!found.models().isEmpty()) {
            drifts.value("engine", "engine", locked.engine(), found.engine(), "engine");
        }
        artifacts(Section.EXTENSIONS, locked, there);
        drifts.value("Java release", "javaRelease", locked.javaRelease(), found.javaRelease(), "pom");
        Map<String, LockedModel> judged = new TreeMap<>(locked.models());
        judged.keySet().removeAll(failed.keySet());
        models(judged, found.models());
        failed.forEach((name, model) -> {
            LockedModel then = locked.models().get(name);
            if (then != null) {
                model.contract().ifPresent(now -> contract(name, then.contract(), now));
                failed("models/" + name + "/", then, model);
            }
        });
        settings("packaging/", locked.packaging(), found.packaging());
        artifacts(Section.PLUGIN_DEPENDENCIES, locked, there);
        artifacts(Section.PLUGINS, locked, there);
        artifacts(Section.POMS, locked, there);
        drifts.value("serving runtime", "serving", locked.serving(), found.serving(), "pom");
        settings("verification/", locked.verification(), found.verification());
    }

    private void settings(String where, Map<String, String> locked, Map<String, String> found) {
        drifts.each("setting", where, locked, found, String::equals, value -> '"' + value + '"', "setting");
    }

    private void base(BaseIdentity locked, BaseIdentity found) {
        if (locked instanceof BaseIdentity.Jdk then && found instanceof BaseIdentity.Jdk now) {
            drifts.value("base", "base", then.toString(), now.toString(), "JDK");
            drifts.each(
                    "shared library",
                    "base/libraries",
                    then.libraries(),
                    now.libraries(),
                    Digest::equals,
                    Digest::toString,
                    "machine's packages");
        } else {
            drifts.value("base", "base", locked, found, "base");
        }
    }

    private void artifacts(Section section, Lock locked, FoundLock found) {
        List<LockedArtifact> then = locked.artifacts(section);
        List<LockedArtifact> now = found.lock().artifacts(section);
        Function<LockedArtifact, String> name = names(section, then, now);
        drifts.each(
                by(name, then),
                by(name, now),
                LockDifference::sameBytes,
                (kind, which, expected, there) -> new Drift(
                        kind,
                        section.what(),
                        section.field() + "/" + which,
                        expected.map(Object::toString),
                        there.map(Object::toString),
                        there.flatMap(artifact -> found.path(section, artifact)),
                        nextOfArtifact(expected, there)));
    }

    /** Names without versions, so that another version is a change, but where there are several at once. */
    private static Function<LockedArtifact, String> names(
            Section section, List<LockedArtifact> locked, List<LockedArtifact> found) {
        Set<String> several = new HashSet<>();
        for (List<LockedArtifact> artifacts : List.of(locked, found)) {
            Set<String> seen = new HashSet<>();
            artifacts.stream()
                    .map(artifact -> artifact.id().toString())
                    .filter(id -> !seen.add(id))
                    .forEach(several::add);
        }
        return artifact -> several.contains(artifact.id().toString())
                ? section.identity(artifact)
                : artifact.id().toString();
    }

    /** A module comes out of a repository where the build is started in a folder below the reactor's root. */
    private static String nextOfArtifact(Optional<LockedArtifact> locked, Optional<LockedArtifact> found) {
        if (locked.isPresent() && found.isPresent() && isSibling(locked.get()) != isSibling(found.get())) {
            return "Lock and check from the same folder: the reactor's root; run `mvn ml:lock` there to accept what is"
                    + " there now.";
        }
        if (locked.isPresent() && found.isPresent() && sameVersion(locked.get(), found.get())) {
            return "Delete it from the local repository and fetch it again, or run `mvn ml:lock` to accept what is there"
                    + " now.";
        }
        return Drifts.restore("pom");
    }

    private static boolean sameVersion(LockedArtifact locked, LockedArtifact found) {
        return locked instanceof LockedArtifact.Fetched a
                && found instanceof LockedArtifact.Fetched b
                && a.version().equals(b.version())
                && a.scope().equals(b.scope());
    }

    private static boolean isSibling(LockedArtifact artifact) {
        return artifact instanceof LockedArtifact.Sibling;
    }

    static boolean sameBytes(LockedArtifact locked, LockedArtifact found) {
        if (locked instanceof LockedArtifact.Fetched a && found instanceof LockedArtifact.Fetched b) {
            return sameVersion(a, b) && a.sha256().equals(b.sha256());
        }
        return locked.equals(found);
    }

    private void models(Map<String, LockedModel> locked, Map<String, LockedModel> found) {
        drifts.each("model", "models/", locked, found, (a, b) -> true, LockedModel::toString, "model");
        for (var model : locked.entrySet()) {
            LockedModel now = found.get(model.getKey());
            if (now != null) {
                contract(model.getKey(), model.getValue().contract(), now.contract());
                model("models/" + model.getKey() + "/", model.getValue(), now);
            }
        }
    }

    private void model(String where, LockedModel locked, LockedModel found) {
        ModelArtifacts.compare(where, locked.artifact(), found.artifact(), drifts, LockDifference::sameBytes);
        files("model file", where, locked.files(), found.files());
        drifts.value(
                "format", where + "format", locked.format().id(), found.format().id(), "model");
        files("golden file", where + "golden/", locked.golden(), found.golden());
        drifts.each(
                "operator set",
                where + "opsets/",
                locked.opsets(),
                found.opsets(),
                Long::equals,
                version -> "version " + version,
                "model");
    }

    private void contract(String model, Contract locked, Contract found) {
        ContractDifference difference = ContractDifference.between(locked, found);
        if (!difference.isEmpty()) {
            contracts.add(new ContractChange(model, difference));
        }
    }

    private void failed(String where, LockedModel locked, FailedModel found) {
        if (!found.files().isEmpty()) {
            files("model file", where, locked.files(), found.files());
        }
        // Of the golden files only those are there to compare whose case could be read.
        Map<String, ModelFile> read = by(ModelFile::path, found.golden());
        List<ModelFile> then = locked.golden().stream()
                .filter(file -> read.containsKey(file.path()))
                .toList();
        files("golden file", where + "golden/", then, found.golden());
    }

    private void files(String what, String where, List<ModelFile> locked, List<ModelFile> found) {
        drifts.each(
                what,
                where,
                by(ModelFile::path, locked),
                by(ModelFile::path, found),
                ModelFile::equals,
                file -> file.size() + " bytes " + file.digest(),
                "file");
    }

    private static <T> Map<String, T> by(Function<T, String> name, List<T> elements) {
        Map<String, T> named = new LinkedHashMap<>();
        elements.forEach(element -> named.put(name.apply(element), element));
        return named;
    }
}
