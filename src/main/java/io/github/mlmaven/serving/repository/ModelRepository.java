package io.github.mlmaven.serving.repository;

import io.github.mlmaven.model.ModelDescriptor;
import io.github.mlmaven.serving.engine.EngineException;
import io.github.mlmaven.serving.inference.CurrentModels;
import io.github.mlmaven.serving.inference.LoadableModels;
import io.github.mlmaven.serving.inference.Models;
import io.github.mlmaven.serving.inference.Readiness;
import io.github.mlmaven.serving.inference.ServedModel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Replaces models while the server runs, by those of a folder and by those that it was started with. One change at a
 * time: the new version is checked, loaded and warmed up beside the old one, then requests go to it, and the old one
 * is closed after its last request. Whatever fails before that leaves the old one where it is.
 */
public final class ModelRepository implements LoadableModels, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ModelRepository.class.getName());

    /** Changes that may wait for the one that is made. */
    private static final int MAX_WAITING = 16;

    private static final VersionOrder ORDER = new VersionOrder();

    private final RepositoryFolder folder;
    private final boolean anyContract;
    private final ModelLoader loader;
    private final CurrentModels current;
    private final Readiness readiness;

    private volatile @Nullable Start start;

    /** Why a version could not be loaded when that was last tried. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    private final ThreadPoolExecutor changes = thread("repository");

    /** Looking around does not wait for a model that is being loaded. */
    private final ThreadPoolExecutor looks = thread("repository-index");

    private record Start(ModelFiles files, Map<String, ModelDescriptor> models) {}

    /**
     * Makes a repository.
     *
     * @param options where the versions are, and which may replace another
     * @param loader loads models
     * @param current where the served models are
     * @param readiness nothing changes while the process starts or drains
     */
    public ModelRepository(RepositoryOptions options, ModelLoader loader, CurrentModels current, Readiness readiness) {
        this.folder = new RepositoryFolder(options.folder());
        this.anyContract = options.anyContract();
        this.loader = loader;
        this.current = current;
        this.readiness = readiness;
    }

    /** What the server was started with can be loaded again, by this name and version. */
    public void startedWith(ModelFiles files, List<ModelDescriptor> models) {
        Map<String, ModelDescriptor> byName = new LinkedHashMap<>();
        models.forEach(model -> byName.put(model.name(), model));
        start = new Start(files, byName);
    }

    @Override
    public CompletionStage<List<Entry>> index(boolean ready) {
        return later(looks, () -> {
            List<Entry> entries = new ArrayList<>();
            for (String name : names()) {
                for (String version : versions(name)) {
                    Entry entry = entry(name, version);
                    if (!ready || entry.state().equals("READY")) {
                        entries.add(entry);
                    }
                }
            }
            return entries;
        });
    }

    private Entry entry(String name, String version) {
        boolean served = served(name).filter(version::equals).isPresent();
        return new Entry(
                name,
                version,
                served ? "READY" : "UNAVAILABLE",
                served ? "" : failures.getOrDefault(key(name, version), "not loaded"));
    }

    private Optional<String> served(String name) {
        return current.get()
                .flatMap(models -> models.named(name))
                .map(model -> model.descriptor().version());
    }

    @Override
    public CompletionStage<Entry> load(String model, String version) {
        return later(changes, () -> {
            expectReady();
            String chosen = choose(model, version);
            try {
                load(model, chosen, find(model, chosen));
            } catch (UnusableModelException | EngineException e) {
                String reason = String.valueOf(e.getMessage());
                failures.put(key(model, chosen), reason);
                LOG.log(Level.ERROR, "model {0} {1} was not loaded: {2}", model, chosen, reason);
                throw new RefusedException(
                        RefusedException.Kind.INVALID,
                        model + " " + chosen + " was not loaded, "
                                + served(model)
                                        .map(old -> old + " is served still")
                                        .orElse("nothing is served under that name")
                                + ": " + reason);
            }
            failures.remove(key(model, chosen));
            return entry(model, chosen);
        });
    }

    private void load(String name, String version, StoredModel stored)
            throws EngineException, RefusedException, UnusableModelException {
        Optional<ServedModel> old = current.get().flatMap(models -> models.named(name));
        if (old.filter(model -> model.descriptor().equals(stored.descriptor())).isPresent()) {
            return;
        }
        ServedModel loaded = loader.load(stored);
        try {
            if (old.isPresent() && !anyContract) {
                ContractRule.expectCompatible(old.get().descriptor(), stored.descriptor());
            }
            loader.decideMerging(loaded);
            expectReady();
        } catch (RefusedException | UnusableModelException e) {
            loaded.close();
            throw e;
        }
        current.put(loaded);
        LOG.log(Level.INFO, "serving {0} {1}", name, version);
        old.ifPresent(ModelRepository::drain);
    }

    @Override
    public CompletionStage<Void> unload(String model) {
        return later(changes, () -> {
            expectReady();
            ServedModel old = current.remove(model)
                    .orElseThrow(() -> new RefusedException(
                            RefusedException.Kind.UNKNOWN,
                            "unknown model " + model + ": served are "
                                    + current.get().map(Models::names).orElse(List.of())));
            LOG.log(Level.INFO, "no longer serving {0}", model);
            drain(old);
            return null;
        });
    }

    /** Closing waits for its last request, which shall not keep the next change waiting. */
    private static void drain(ServedModel old) {
        daemon(old::close, "drain " + old.descriptor().name()).start();
    }

    /** Versions of the folder go before those that the server was started with, which somebody mounted it to replace. */
    private StoredModel find(String name, String version) throws UnusableModelException, RefusedException, IOException {
        if (folder.versions(name).contains(version)) {
            ModelDescriptor descriptor = folder.read(name, version);
            return folder.verified(descriptor);
        }
        Start started = start();
        ModelDescriptor first = started.models().get(name);
        if (first == null || !first.version().equals(version)) {
            throw new IOException(name + " " + version + " has just been removed");
        }
        return started.files().verified(first);
    }

    private Start start() throws RefusedException {
        Start started = start;
        if (started == null) {
            throw new RefusedException(RefusedException.Kind.BUSY, "not ready: the models are being loaded");
        }
        return started;
    }

    private Set<String> names() throws IOException, RefusedException {
        Set<String> names = new TreeSet<>(folder.names());
        names.addAll(start().models().keySet());
        return names;
    }

    /** @param version empty for the newest */
    private String choose(String name, String version) throws IOException, RefusedException {
        List<String> versions = versions(name);
        if (versions.isEmpty()) {
            throw new RefusedException(
                    RefusedException.Kind.UNKNOWN,
                    "unknown model " + name + ": the repository has " + String.join(", ", names()));
        }
        if (!version.isEmpty() && !versions.contains(version)) {
            throw new RefusedException(
                    RefusedException.Kind.UNKNOWN,
                    "unknown version " + version + " of model " + name + ": the repository has "
                            + String.join(", ", versions));
        }
        return version.isEmpty() ? versions.get(versions.size() - 1) : version;
    }

    /** The newest last. */
    private List<String> versions(String name) throws IOException, RefusedException {
        TreeSet<String> versions = new TreeSet<>(ORDER);
        versions.addAll(folder.versions(name));
        ModelDescriptor first = start().models().get(name);
        if (first != null) {
            versions.add(first.version());
        }
        return List.copyOf(versions);
    }

    private void expectReady() throws RefusedException {
        if (readiness.state() != Readiness.State.READY) {
            throw new RefusedException(
                    RefusedException.Kind.BUSY, "models are loaded and unloaded only while the server is ready");
        }
    }

    private <T> CompletionStage<T> later(ThreadPoolExecutor thread, Callable<T> change) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            thread.execute(() -> {
                try {
                    result.complete(change.call());
                } catch (IOException e) {
                    result.completeExceptionally(new RefusedException(
                            RefusedException.Kind.INTERNAL, "the model repository cannot be read: " + e));
                } catch (Exception | Error e) {
                    result.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new RefusedException(
                    RefusedException.Kind.BUSY, "too many requests for the model repository are waiting; try again"));
        }
        return result;
    }

    private static String key(String name, String version) {
        return name + "/" + version;
    }

    private static ThreadPoolExecutor thread(String name) {
        return new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), work -> daemon(work, name));
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** No more changes; the one that is being made comes too late. */
    @Override
    public void close() {
        changes.shutdown();
        looks.shutdown();
    }
}
