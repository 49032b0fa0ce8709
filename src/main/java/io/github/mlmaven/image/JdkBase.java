package io.github.mlmaven.image;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.image.elf.SharedLibraries;
import io.github.mlmaven.image.elf.SystemRoot;
import io.github.mlmaven.image.layer.Layer;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.LayerStore;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.lock.BaseIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;

/** The base {@code jdk}: everything that a container needs, taken from a JDK and the libraries of its machine. */
final class JdkBase implements Base {

    /** Where the Java runtime is in the image. */
    static final String JAVA_HOME = "/opt/java";

    // Of the locale for UTF-8, characters are all that Java needs: the other parts are those that the C library has.
    private static final Map<String, String> ENVIRONMENT = new TreeMap<>(
            Map.of("JAVA_HOME", JAVA_HOME, "PATH", JAVA_HOME + "/bin", "LANG", "C", "LC_CTYPE", BaseLocale.DEFAULT));
    private static final int STICKY = 01777;

    private final Platform platform;
    private final JdkSource source;
    private final BaseIdentity.Jdk identity;
    private final Path runtime;
    private final Path java;

    /** Links the runtime, or takes what an earlier build linked. */
    JdkBase(BaseImage.Jdk base, Platform platform, ImageRequest request, Machine machine, ImageLog log)
            throws ImageException, IOException, InterruptedException {
        source = base.source();
        source.require(platform, machine);
        check(JavaRelease.of(source.home()), request.content().javaRelease());
        JdkTools tools = source.tools(platform, machine);
        this.platform = platform;
        Path workFolder = request.output().workFolder();
        identity = base.identity();
        NavigableSet<String> modules = JdkModules.needed(base, tools, request);
        runtime = JdkRuntime.link(
                base,
                tools,
                modules,
                request.output().cache().resolve("jdk"),
                request.digests(),
                workFolder.resolve("jlink.log"));
        CaCertificates.check(runtime, log);
        java = machine.runs(platform) ? runtime.resolve("bin").resolve("java") : machine.java();
    }

    @Override
    public Path java() {
        return java;
    }

    @Override
    public BaseContents contents(ImageRequest request, ApplicationTree tree, JibBase jib)
            throws ImageException, IOException, InterruptedException {
        String where = source.root().isMachine()
                ? "on the machine that builds"
                : "in " + source.root().folder();
        new BaseLocale("jdk", !locale().isEmpty(), "no such file " + where)
                .check(request.content().models());
        BaseContents scratch = jib.scratch(platform, ENVIRONMENT);
        LayerStore store = request.output().sharedLayers(request.digests());
        StoredLayer layer = store.store(layer(tree.natives()));
        ImageConfig config = new ImageConfig(scratch.config());
        config.add(layer);
        return new BaseContents(config.json(), List.of(layer), scratch.files());
    }

    /** Refuses a JDK that cannot run the project's classes. */
    private static void check(JavaRelease jdk, int release) throws ImageException {
        if (jdk.feature() < release) {
            throw new ImageException(Finding.of(
                    FindingId.IMAGE_BASE,
                    "jdk",
                    "the JDK is too old for the project's classes",
                    "Java " + release + " or later",
                    "Java " + jdk.feature() + " (" + jdk.version() + " of " + jdk.vendor() + ")",
                    "Run Maven with a JDK " + release + ", or name one in ml.image.jdk."));
        }
    }

    /** The layer, with the libraries that the natives need too. */
    private Layer layer(Path natives) throws ImageException, IOException {
        List<LayerEntry> entries = new ArrayList<>(List.of(
                new LayerEntry.Folder("/tmp", STICKY),
                new LayerEntry.Text(
                        "/etc/passwd",
                        LayerEntry.PLAIN,
                        "root:x:0:0:root:/:/sbin/nologin\nnonroot:x:65532:65532:nonroot:/:/sbin/nologin\n"),
                new LayerEntry.Text("/etc/group", LayerEntry.PLAIN, "root:x:0:\nnonroot:x:65532:\n"),
                new LayerEntry.Text(
                        "/etc/nsswitch.conf", LayerEntry.PLAIN, "passwd: files\ngroup: files\nhosts: files dns\n")));
        List<Path> programs = new ArrayList<>(Folders.files(natives));
        for (Path file : Folders.files(runtime)) {
            String path = Folders.relative(runtime, file);
            entries.add(new LayerEntry.Copy(JAVA_HOME + "/" + path, mode(path), file));
            if (path.equals("bin/java") || path.endsWith(".so")) {
                programs.add(file);
            }
        }
        SharedLibraries.Closure closure =
                JdkLibraries.finder(source.root(), platform).closure(programs);
        List<Finding> findings = new ArrayList<>();
        closure.missing().stream().map(this::missing).forEach(findings::add);
        closure.files().keySet().stream()
                .filter(path -> !identity.libraries().containsKey(path))
                .map(JdkBase::unknown)
                .forEach(findings::add);
        if (!findings.isEmpty()) {
            throw new ImageException(findings);
        }
        closure.files().forEach((path, file) -> entries.add(new LayerEntry.Copy(path, LayerEntry.EXECUTABLE, file)));
        locale().forEach((path, file) -> entries.add(new LayerEntry.Copy(path, LayerEntry.PLAIN, file)));
        return new Layer("base", Layer.Compression.GZIP, entries);
    }

    /** As with libraries, what is not locked stays out. */
    private Map<String, Path> locale() throws IOException {
        Map<String, Path> locale = JdkLibraries.locale(source.root());
        return identity.libraries().keySet().containsAll(locale.keySet()) ? locale : Map.of();
    }

    private static int mode(String path) {
        boolean program = path.startsWith("bin/") || path.equals("lib/jspawnhelper") || path.equals("lib/jexec");
        return program ? LayerEntry.EXECUTABLE : LayerEntry.PLAIN;
    }

    private static Finding unknown(String path) {
        return Finding.of(
                FindingId.IMAGE_BASE,
                "jdk",
                "the image needs the shared library " + path + ", which the lock does not hold",
                "Name the module of the JDK that needs it in ml.image.modules, for example java.desktop, and run"
                        + " `mvn ml:lock`.");
    }

    private Finding missing(SharedLibraries.Missing missing) {
        SystemRoot root = source.root();
        return Finding.of(
                FindingId.IMAGE_BASE,
                "jdk",
                (root.isMachine() ? "this machine" : root.folder()) + " has no shared library " + missing.name()
                        + " for " + platform + ", which " + missing.neededBy().getFileName() + " needs",
                "Install the package that has it, name the folder of a system that has it in ml.image.sysroot, or set"
                        + " ml.image.base to an image in a registry.");
    }
}
