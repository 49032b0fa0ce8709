package io.github.mlmaven.inspect.scan.keras;

import static io.github.mlmaven.finding.FindingId.MODEL_CORRUPT;
import static io.github.mlmaven.finding.FindingId.MODEL_LIMIT;
import static io.github.mlmaven.finding.FindingId.SAFE_ARCHIVE;
import static io.github.mlmaven.finding.FindingId.SAFE_CODE;
import static io.github.mlmaven.finding.FindingId.SAFE_MALICIOUS;
import static io.github.mlmaven.finding.FindingId.SAFE_PATH;
import static io.github.mlmaven.finding.FindingId.SAFE_PICKLE;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanCase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Models of Keras 3 in zip files: harmless ones, and the published ways to make them run code. A table,
 * and so long. */
public final class KerasCorpus {

    private static final String DENSE = """
            {"module": "keras.layers", "class_name": "Dense", "config": {"name": "dense", "units": 4,
             "activation": "relu", "kernel_initializer": {"module": "keras.initializers", "class_name": "GlorotUniform",
             "config": {"seed": null}, "registered_name": null}}, "registered_name": null}""";

    private KerasCorpus() {}

    public static List<ScanCase> cases() {
        List<ScanCase> cases = new ArrayList<>(harmless());
        cases.addAll(lambdas());
        cases.addAll(gadgets());
        cases.addAll(custom());
        cases.addAll(tricks());
        return cases;
    }

    private static List<ScanCase> harmless() {
        return List.of(
                good("layers of Keras", model(DENSE)),
                good(
                        "a function of Keras",
                        model(function("builtins", "mean_squared_error") + ","
                                + function("keras.activations", "relu"))),
                good("operations of Keras", model(object("keras.src.ops.numpy", "Add", "{}"))),
                good(
                        "a vocabulary in the configuration",
                        model(object("keras.layers", "StringLookup", "{\"vocabulary\": [\"a\", \"b\"]}"))),
                good(
                        "numbers as Python writes them",
                        model(object("keras.layers", "Masking", "{\"mask_value\": NaN, \"x\": -Infinity}"))),
                good("Keras 2 without modules", model("{\"class_name\": \"Conv2D\", \"config\": {\"filters\": 3}}")),
                good(
                        "a function of TensorFlow that computes",
                        model("{\"class_name\": \"TFOpLambda\", \"config\": {\"function\": \"math.add\"}}")));
    }

    private static List<ScanCase> lambdas() {
        String harmless = Marshalled.code("tf", "nn", "relu");
        return List.of(
                bad("a Lambda layer of Keras 3", model(lambda(harmless)), SAFE_CODE),
                bad(
                        "a Lambda layer that calls os.system",
                        model(lambda(Marshalled.code("os", "system"))),
                        SAFE_MALICIOUS),
                bad("a Lambda layer that evaluates text", model(lambda(Marshalled.code("exec"))), SAFE_MALICIOUS),
                bad(
                        "a Lambda layer that opens a socket",
                        model(lambda(Marshalled.code("socket", "connect"))),
                        SAFE_MALICIOUS),
                bad("a Lambda layer of Keras 2", model(lambda2("[\"" + harmless + "\", null, null]")), SAFE_CODE),
                bad(
                        "a Lambda layer of Keras 2 with a weapon in a tuple",
                        model(lambda2("{\"class_name\": \"__tuple__\", \"items\": [\""
                                + Marshalled.code("subprocess", "Popen") + "\", null, null]}")),
                        SAFE_MALICIOUS),
                bad("a Lambda layer with bytecode that is no Base64", model(lambda("????")), SAFE_CODE),
                bad(
                        "bytecode with spaces in its Base64 (Python skips them)",
                        model(lambda(" "
                                + String.join(
                                        " ", Marshalled.code("os", "system").split("(?<=\\G.{5})")))),
                        SAFE_MALICIOUS),
                bad(
                        "bytecode where nobody looks for it",
                        model(object(
                                "keras.layers", "Dense", "{\"x\": [[{\"y\": \"" + Marshalled.code("eval") + "\"}]]}")),
                        SAFE_MALICIOUS),
                bad(
                        "a Lambda layer that calls a function of Keras",
                        model(object(
                                "keras.layers", "Lambda", "{\"function\": " + function("keras.ops", "relu") + "}")),
                        SAFE_CODE),
                bad(
                        "escaped letters in the class's name",
                        model("{\"class_name\": \"\\u004cambda\", \"config\": {}}"),
                        SAFE_CODE));
    }

    private static List<ScanCase> gadgets() {
        return List.of(
                bad("CVE-2025-1550: a module of Python", model(object("os", "system", "\"id\"")), SAFE_MALICIOUS),
                bad(
                        "CVE-2025-1550: a function of a module",
                        model(lambdaOf(function("subprocess", "run"))),
                        SAFE_MALICIOUS),
                bad(
                        "CVE-2025-1550: a class of a module",
                        model(object("subprocess", "Popen", "{\"args\": [\"id\"]}")),
                        SAFE_MALICIOUS),
                bad("CVE-2025-1550: a builtin", model(lambdaOf(function("builtins", "exec"))), SAFE_MALICIOUS),
                bad(
                        "CVE-2025-8747: keras.utils.get_file",
                        model(lambdaOf(function("keras.utils", "get_file"))),
                        SAFE_MALICIOUS),
                bad(
                        "CVE-2025-8747: get_file by another path",
                        model(lambdaOf(function("keras.src.utils.file_utils", "get_file"))),
                        SAFE_MALICIOUS),
                bad("get_file as a class", model(object("keras.utils", "get_file", "{}")), SAFE_MALICIOUS),
                bad(
                        "CVE-2025-9906: switches the safe mode off",
                        model(lambdaOf(function("keras.config", "enable_unsafe_deserialization")) + ","
                                + lambda(Marshalled.code("os", "system"))),
                        SAFE_MALICIOUS,
                        SAFE_MALICIOUS),
                bad(
                        "CVE-2025-49655: TorchModuleWrapper",
                        model(object("keras.layers", "TorchModuleWrapper", "{\"module\": \"gAJ9cQAu\"}")),
                        SAFE_PICKLE),
                bad(
                        "TFSMLayer of a path",
                        model(object("keras.layers", "TFSMLayer", "{\"filepath\": \"/tmp/evil\"}")),
                        SAFE_PATH,
                        SAFE_CODE),
                bad(
                        "CVE-2025-12058: a vocabulary in a file",
                        model(object("keras.layers", "StringLookup", "{\"vocabulary\": \"/etc/passwd\"}")),
                        SAFE_PATH),
                bad(
                        "load_model of another file",
                        model(lambdaOf(function("keras.models", "load_model"))),
                        SAFE_MALICIOUS),
                bad(
                        "a function of Keras that does more than compute",
                        model(function("keras.utils", "plot_model")),
                        SAFE_CODE),
                bad(
                        "TensorFlow writes a file",
                        model("{\"class_name\": \"TFOpLambda\", \"config\": {\"function\": \"io.write_file\"}}"),
                        SAFE_MALICIOUS),
                bad(
                        "a type of a foreign module",
                        model(
                                "{\"class_name\": \"__typespec__\", \"spec_name\": \"system\", \"module\": \"os\", \"config\": [\"id\"]}"),
                        SAFE_MALICIOUS),
                bad(
                        "a module in another order",
                        model(
                                "{\"config\": \"system\", \"registered_name\": \"function\", \"class_name\": \"function\", \"module\": \"posix\"}"),
                        SAFE_MALICIOUS));
    }

    private static List<ScanCase> custom() {
        return List.of(
                bad("a custom layer by its module", model(object("my_project.layers", "Attention2", "{}")), SAFE_CODE),
                bad(
                        "a custom layer by its registration",
                        model(
                                "{\"module\": null, \"class_name\": \"Scale\", \"config\": {}, \"registered_name\": \"Custom>Scale\"}"),
                        SAFE_CODE),
                bad("a custom layer of Keras 2", model("{\"class_name\": \"MyLayer\", \"config\": {}}"), SAFE_CODE),
                bad("a custom function", model(function("builtins", "my_loss")), SAFE_CODE),
                bad(
                        "a module that only starts like Keras",
                        model(object("keras_evil.layers", "Dense", "{}")),
                        SAFE_CODE));
    }

    private static List<ScanCase> tricks() {
        String evil = model(lambda(Marshalled.code("os", "system")));
        byte[] twice = zip("config.jso0", evil, "metadata.json", "{}", "config.jso1", model(DENSE));
        return List.of(
                ScanCase.of(
                        "two configurations",
                        "m.keras",
                        replaced(twice, "config.jso[01]", "config.json"),
                        Kind.UNSAFE,
                        SAFE_ARCHIVE,
                        SAFE_MALICIOUS),
                ScanCase.of(
                        "a name that ends early for Python",
                        "m.keras",
                        replaced(zip("config.jsonX.txt", evil), "jsonX", "json\0"),
                        Kind.UNSAFE,
                        SAFE_MALICIOUS),
                ScanCase.of(
                        "bytes before the zip file",
                        "m.bin",
                        joined("#!/bin/sh\n", zip("config.json", evil)),
                        Kind.UNSAFE,
                        SAFE_MALICIOUS),
                ScanCase.of("another suffix", "notes.txt", zip("config.json", evil), Kind.UNSAFE, SAFE_MALICIOUS),
                bad(
                        "a key twice",
                        model("{\"class_name\": \"Dense\", \"class_name\": \"Lambda\", \"config\": {}}"),
                        MODEL_CORRUPT,
                        SAFE_CODE),
                bad("something behind the configuration", model(DENSE) + "{}", MODEL_CORRUPT),
                bad(
                        "a configuration that breaks off",
                        evil.substring(0, evil.length() - 20),
                        SAFE_MALICIOUS,
                        MODEL_CORRUPT),
                bad("UTF-16", evil.getBytes(StandardCharsets.UTF_16), SAFE_MALICIOUS),
                bad("too deep", model("[".repeat(600) + "]".repeat(600)), MODEL_LIMIT),
                ScanCase.of(
                        "an architecture in JSON",
                        "model.json",
                        evil.getBytes(StandardCharsets.UTF_8),
                        Kind.UNSAFE,
                        SAFE_MALICIOUS),
                ScanCase.of(
                        "a harmless architecture in JSON",
                        "model.json",
                        model(DENSE).getBytes(StandardCharsets.UTF_8),
                        Kind.DATA),
                ScanCase.of(
                        "a text too long before the model's, and nothing else in the file",
                        "m.keras",
                        zip("config.json", "{\"a\": \"" + "x".repeat(5 << 20) + "\", " + evil.substring(1)),
                        Kind.UNSAFE,
                        MODEL_LIMIT),
                ScanCase.of(
                        "an architecture in JSON behind a text too long",
                        "model.json",
                        ("{\"a\": \"" + "x".repeat(5 << 20) + "\", " + evil.substring(1))
                                .getBytes(StandardCharsets.UTF_8),
                        Kind.UNSAFE,
                        MODEL_LIMIT),
                ScanCase.of(
                        "half a character in the name, which Python reads",
                        "m.keras",
                        zipOf(
                                "config.json",
                                evil.replace("\"s\"", "\"\u00ed\u00a0\u0080\"").getBytes(StandardCharsets.ISO_8859_1)),
                        Kind.UNSAFE,
                        SAFE_MALICIOUS),
                ScanCase.of(
                        "JSON of somebody else",
                        "config.json",
                        "{\"model_type\": \"bert\", \"module\": \"os\"}".getBytes(StandardCharsets.UTF_8),
                        Kind.DATA));
    }

    private static ScanCase good(String name, String config) {
        return ScanCase.of(name, "m.keras", keras(config.getBytes(StandardCharsets.UTF_8)), Kind.OTHER_MODEL);
    }

    private static ScanCase bad(String name, String config, FindingId... ids) {
        return bad(name, config.getBytes(StandardCharsets.UTF_8), ids);
    }

    private static ScanCase bad(String name, byte[] config, FindingId... ids) {
        return ScanCase.of(name, "m.keras", keras(config), Kind.UNSAFE, ids);
    }

    /** A configuration of these layers. */
    public static String model(String layers) {
        return "{\"module\": \"keras\", \"class_name\": \"Sequential\", \"config\": {\"name\": \"s\", \"layers\": ["
                + layers + "]}, \"registered_name\": null, \"compile_config\": {\"loss\": \"mse\"}}";
    }

    public static String lambda(String code) {
        return lambdaOf("{\"class_name\": \"__lambda__\", \"config\": {\"code\": \"" + code
                + "\", \"defaults\": null, \"closure\": null}}");
    }

    /** As Keras 2 has it in HDF5. */
    public static String lambda2(String function) {
        return "{\"class_name\": \"Lambda\", \"config\": {\"name\": \"l\", \"function\": " + function
                + ", \"function_type\": \"lambda\", \"module\": \"__main__\"}}";
    }

    private static String lambdaOf(String function) {
        return object("keras.layers", "Lambda", "{\"name\": \"l\", \"function\": " + function + "}");
    }

    private static String function(String module, String name) {
        return "{\"module\": \"" + module + "\", \"class_name\": \"function\", \"config\": \"" + name
                + "\", \"registered_name\": \"function\"}";
    }

    private static String object(String module, String name, String config) {
        return "{\"module\": \"" + module + "\", \"class_name\": \"" + name + "\", \"config\": " + config
                + ", \"registered_name\": null}";
    }

    private static byte[] keras(byte[] config) {
        return zipOf(
                "metadata.json",
                "{\"keras_version\": \"3.11.3\"}".getBytes(StandardCharsets.UTF_8),
                "config.json",
                config,
                "model.weights.h5",
                new byte[100]);
    }

    static byte[] zip(String... namesAndTexts) {
        Object[] entries = new Object[namesAndTexts.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = i % 2 == 0 ? namesAndTexts[i] : namesAndTexts[i].getBytes(StandardCharsets.UTF_8);
        }
        return zipOf(entries);
    }

    private static byte[] zipOf(Object... namesAndBytes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < namesAndBytes.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
                zip.write((byte[]) namesAndBytes[i + 1]);
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] replaced(byte[] bytes, String pattern, String by) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replaceAll(pattern, by)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] joined(String before, byte[] bytes) {
        return (before + new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
