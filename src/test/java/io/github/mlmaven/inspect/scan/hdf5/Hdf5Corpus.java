package io.github.mlmaven.inspect.scan.hdf5;

import static io.github.mlmaven.finding.FindingId.MODEL_CORRUPT;
import static io.github.mlmaven.finding.FindingId.MODEL_LIMIT;
import static io.github.mlmaven.finding.FindingId.SAFE_CODE;
import static io.github.mlmaven.finding.FindingId.SAFE_MALICIOUS;
import static io.github.mlmaven.finding.FindingId.SAFE_PATH;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.attribute;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.external;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.heap;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.link;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.message;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.number;
import static io.github.mlmaven.inspect.scan.hdf5.Hdf5File.variable;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanCase;
import io.github.mlmaven.inspect.scan.keras.KerasCorpus;
import io.github.mlmaven.inspect.scan.keras.Marshalled;
import java.util.ArrayList;
import java.util.List;

/** HDF5 files: models and weights of Keras, and those that take more than they are. */
public final class Hdf5Corpus {

    private static final String DENSE = KerasCorpus.model("{\"class_name\": \"Dense\", \"config\": {\"units\": 4}}");
    private static final String LAMBDA =
            KerasCorpus.model(KerasCorpus.lambda2("[\"" + Marshalled.code("tf") + "\", null, null]"));
    private static final String EVIL =
            KerasCorpus.model(KerasCorpus.lambda2("[\"" + Marshalled.code("os", "system") + "\", null, null]"));

    private Hdf5Corpus() {}

    public static List<ScanCase> cases() {
        List<ScanCase> cases = new ArrayList<>(configurations());
        cases.addAll(outside());
        cases.addAll(broken());
        return cases;
    }

    private static List<ScanCase> configurations() {
        Hdf5File withHeap = Hdf5File.start();
        long heap = withHeap.put(heap(EVIL + "\0"));
        Hdf5File withType = Hdf5File.start();
        long type = withType.object(message(Message.DATATYPE, Hdf5File.datatype(0x13, 0, EVIL.length())));
        Hdf5File nested = Hdf5File.start();
        long group = nested.object(attribute("model_config", EVIL));
        Hdf5File longer = Hdf5File.start();
        byte[] evil = attribute("model_config", EVIL);
        long rest = longer.put(Hdf5File.all(Hdf5File.text("OCHK"), evil, new byte[4]));
        return List.of(
                good(
                        "a harmless model",
                        Hdf5File.start().root(attribute("model_config", DENSE), attribute("keras_version", "2.15.0"))),
                good("a harmless model as h5py writes it", OldHdf5File.of("model_config", DENSE, "model_weights")),
                good("weights", Hdf5File.start().root(attribute("layer_names", "dense"))),
                good("an HDF5 file of somebody else", Hdf5File.start().root(attribute("title", "measurements."))),
                bad(
                        "CVE-2025-9905: a Lambda layer in HDF5",
                        Hdf5File.start().root(attribute("model_config", LAMBDA)),
                        SAFE_CODE),
                bad(
                        "a Lambda layer that calls os.system",
                        Hdf5File.start().root(attribute("model_config", EVIL)),
                        SAFE_MALICIOUS),
                bad("as h5py writes it", OldHdf5File.of("model_config", EVIL, "model_weights"), SAFE_MALICIOUS),
                bad(
                        "filled up with zeros",
                        Hdf5File.start().root(attribute("model_config", EVIL + "\0\0\0")),
                        SAFE_MALICIOUS),
                bad("in the heap", withHeap.root(variable("model_config", EVIL.length(), heap, 1)), SAFE_MALICIOUS),
                bad(
                        "in a header that goes on elsewhere",
                        longer.root(message(Message.CONTINUATION, number(rest, 8), number(evil.length + 8L, 8))),
                        SAFE_MALICIOUS),
                bad("with a type that is somewhere else", withType.root(sharedType(type)), SAFE_MALICIOUS),
                bad("in a group", nested.root(link("model", group)), SAFE_MALICIOUS),
                bad(
                        "behind a block of the user",
                        Hdf5File.startAt(1024).root(attribute("model_config", EVIL)),
                        SAFE_MALICIOUS),
                bad(
                        "in what says how it was trained",
                        Hdf5File.start()
                                .root(
                                        attribute(
                                                "training_config",
                                                "{\"loss\": {\"class_name\": \"function\", \"module\": \"os\", \"config\": \"system\"}}")),
                        SAFE_MALICIOUS),
                bad(
                        "a configuration that is no JSON",
                        Hdf5File.start().root(attribute("model_config", "{]")),
                        MODEL_CORRUPT),
                bad(
                        "a configuration that is no text",
                        Hdf5File.start().root(attribute("model_config", 0x11, new byte[8])),
                        MODEL_LIMIT));
    }

    private static byte[] sharedType(long type) {
        byte[] attribute = Hdf5File.attributeOf(
                "model_config", Hdf5File.all(new byte[] {3, 2}, number(type, 8)), Hdf5File.text(EVIL));
        // The flags of the attribute: behind the message's four bytes, and the version.
        attribute[5] = 1;
        return attribute;
    }

    private static List<ScanCase> outside() {
        Hdf5File externalData = Hdf5File.start();
        long data = externalData.object(message(Message.EXTERNAL_FILES, new byte[16]));
        Hdf5File virtual = Hdf5File.start();
        long dataset = virtual.object(message(Message.LAYOUT, new byte[] {4, 3}, number(0, 8), number(0, 4)));
        return List.of(
                bad(
                        "a link to another file",
                        Hdf5File.start().root(external("weights", "/etc/passwd", "/a")),
                        SAFE_PATH),
                bad("data in another file", externalData.root(link("data", data)), SAFE_PATH),
                bad("a virtual data set", virtual.root(link("data", dataset)), SAFE_PATH),
                bad(
                        "a link of the user's own type",
                        Hdf5File.start().root(message(Message.LINK, new byte[] {1, 8, 70, 1, 'x', 0, 0})),
                        SAFE_PATH));
    }

    private static List<ScanCase> broken() {
        Hdf5File loop = Hdf5File.start();
        Hdf5File circle = Hdf5File.start();
        long self = circle.next();
        circle.object(link("self", self));
        byte[] cut = Hdf5File.start().root(attribute("model_config", DENSE));
        long next = loop.next();
        loop.put(Hdf5File.all(
                Hdf5File.text("OCHK"), message(Message.CONTINUATION, number(next, 8), number(28, 8)), new byte[4]));
        return List.of(
                good("a group that is in itself", circle.root(link("a", self))),
                bad(
                        "a header that goes on in itself",
                        loop.root(message(Message.CONTINUATION, number(next, 8), number(28, 8))),
                        MODEL_LIMIT),
                bad("a member outside of the file", Hdf5File.start().root(link("a", 1L << 40)), MODEL_CORRUPT),
                bad("a member at a negative address", Hdf5File.start().root(link("a", Long.MIN_VALUE)), MODEL_CORRUPT),
                bad(
                        "a heap that is not there",
                        Hdf5File.start().root(variable("model_config", 10, 48, 1)),
                        MODEL_CORRUPT),
                bad("a file that ends early", java.util.Arrays.copyOf(cut, cut.length - 50), MODEL_CORRUPT),
                bad("a file that ends in its superblock", java.util.Arrays.copyOf(cut, 20), MODEL_CORRUPT));
    }

    private static ScanCase good(String name, byte[] bytes) {
        return ScanCase.of(name, "m.h5", bytes, Kind.OTHER_MODEL);
    }

    private static ScanCase bad(String name, byte[] bytes, FindingId... ids) {
        return ScanCase.of(name, "m.h5", bytes, Kind.UNSAFE, ids);
    }
}
