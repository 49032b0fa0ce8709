package io.github.mlmaven.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.serving.engine.Engine;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps a server from starting: lines for the user, exit code 1, and never a process that hangs. */
class ServerStartTest {

    private static final Path ADD_SUB = Path.of("src/test/models/add-sub/model.onnx");

    @TempDir
    Path folder;

    @Test
    void withoutATemporaryFolderItSaysWhatToDo() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        List<String> options = List.of("-Djava.io.tmpdir=/proc/none", "-Djava.util.logging.config.file=/dev/null");
        try (ForkedServer server = ForkedServer.fork(application, folder, Map.of(), options, List.of())) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.stderr())
                    .contains("model add-sub: ONNX Runtime's native library does not load on ")
                    .endsWith("; it needs a temporary folder, and /proc/none is not writable: add"
                            + " -Djava.io.tmpdir=FOLDER, in a container for example /dev/shm\n");
        }
    }

    @Test
    void aChangedModelDoesNotStart() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        Path model = application.modelPath().resolve("add-sub/1.0/model.onnx");
        byte[] bytes = Files.readAllBytes(model);
        bytes[bytes.length - 1] ^= 1;
        Files.write(model, bytes);
        try (ForkedServer server = ForkedServer.fork(application, folder, Map.of(), List.of(), List.of())) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.errors()).hasSize(1);
            assertThat(server.errors().get(0))
                    .startsWith("model add-sub: " + model + ": expected sha256:")
                    .endsWith("; it is not the file that was verified")
                    .contains(", found sha256:");
        }
        Files.write(model, new byte[5]);
        try (ForkedServer server = ForkedServer.fork(application, folder, Map.of(), List.of(), List.of())) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.errors())
                    .containsExactly("model add-sub: " + model
                            + ": expected 209 bytes, found 5; it is not the file that was verified");
        }
    }

    @Test
    void whatKeepsItFromStartingIsOneLine() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        try (ForkedServer server = ForkedServer.fork(application, folder, Map.of(), List.of(), List.of("serve", "x"))) {
            assertThat(server.exitCode()).isEqualTo(2);
            assertThat(server.errors().get(0)).isEqualTo("unknown argument: x");
        }
        try (ForkedServer server =
                ForkedServer.fork(application, folder, Map.of("PORT", "http"), List.of(), List.of("serve"))) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.errors()).containsExactly("PORT: expected a number from 0 to 65535, found http");
        }
        try (ServerSocket taken = new ServerSocket(0);
                ForkedServer server = ForkedServer.fork(
                        application, folder, Map.of("PORT", "" + taken.getLocalPort()), List.of(), List.of())) {
            assertThat(server.exitCode()).isEqualTo(1);
            assertThat(server.errors()).hasSize(1);
            assertThat(server.errors().get(0)).startsWith("cannot listen on port " + taken.getLocalPort() + ": ");
        }
    }

    @Test
    void aDescriptorThatIsMissingOrCorruptIsOneLine() throws Exception {
        ApplicationFolder application = ApplicationFolder.withModelFolder(folder);
        assertThat(errorsOf(application, List.of()))
                .containsExactly("META-INF/ml/models.json is not on the class path");
        Path descriptor = addSub(application).write().classes().resolve("META-INF/ml/models.json");
        String whole = Files.readString(descriptor);
        Files.writeString(descriptor, whole.substring(0, whole.length() / 2));
        assertThat(errorsOf(application, List.of())).hasSize(1);
        assertThat(errorsOf(application, List.of()).get(0))
                .startsWith("META-INF/ml/models.json: Unexpected end-of-input")
                .matches(".* \\(line \\d+\\)");
        Files.writeString(descriptor, whole.replace("sha256:", "md5:"));
        assertThat(errorsOf(application, List.of())).hasSize(1);
        assertThat(errorsOf(application, List.of()).get(0)).startsWith("META-INF/ml/models.json: ");
        Files.writeString(descriptor, "{}");
        assertThat(errorsOf(application, List.of()))
                .containsExactly("META-INF/ml/models.json: a descriptor has descriptorVersion and models (line 1)");
    }

    @Test
    void twoModelsOfOneNameAreOneLine() throws Exception {
        ApplicationFolder application = addSub(ApplicationFolder.withModelFolder(folder));
        application.add("add-sub", "2.0", ADD_SUB).write();
        assertThat(errorsOf(application, List.of()))
                .containsExactly("META-INF/ml/models.json: two models named add-sub; a name is a path of the server");
    }

    @Test
    void nativeCodeThatIsAnotherLibraryIsOneLine() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        Path natives = Natives.unpack(Files.createDirectory(folder.resolve("natives")));
        // It loads, and has none of the functions: UnsatisfiedLinkError at the first call.
        Files.copy(
                natives.resolve("libonnxruntime.so"),
                natives.resolve("libonnxruntime4j_jni.so"),
                StandardCopyOption.REPLACE_EXISTING);
        List<String> errors = errorsOf(application, List.of("-Donnxruntime.native.path=" + natives));
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0))
                .startsWith("model add-sub: ONNX Runtime's native library does not load on ")
                .contains("java.lang.UnsatisfiedLinkError: ");
    }

    @Test
    void anErrorThatNobodyExpectsWhileModelsLoadIsOneLine() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        Path services = Files.createDirectories(application.classes().resolve("META-INF/services"));
        Files.writeString(services.resolve(Engine.class.getName()), "no.such.Engine");
        assertThat(errorsOf(application, List.of()))
                .containsExactly("cannot start: java.util.ServiceConfigurationError: " + Engine.class.getName()
                        + ": Provider no.such.Engine not found");
    }

    @Test
    void tooLittleMemoryForTheModelsIsOneLine() throws Exception {
        ApplicationFolder application =
                addSub(ApplicationFolder.withModelFolder(folder)).write();
        List<String> errors = errorsOf(application, List.of("-XX:MaxDirectMemorySize=1k"));
        assertThat(errors).hasSize(1);
        assertThat(errors.get(0)).startsWith("cannot start: java.lang.OutOfMemoryError: ");
    }

    private List<String> errorsOf(ApplicationFolder application, List<String> options) throws Exception {
        try (ForkedServer server = ForkedServer.fork(application, folder, Map.of(), options, List.of())) {
            assertThat(server.exitCode()).isEqualTo(1);
            return server.errors();
        }
    }

    private static ApplicationFolder addSub(ApplicationFolder application) throws Exception {
        return application.add("add-sub", "1.0", ADD_SUB);
    }
}
