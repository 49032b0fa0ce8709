package io.github.mlmaven.inspect.scan.coreml;

import static io.github.mlmaven.finding.FindingId.SAFE_CODE;
import static io.github.mlmaven.finding.FindingId.SAFE_PATH;
import static io.github.mlmaven.finding.FindingId.SAFE_UNKNOWN;

import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Pb;
import io.github.mlmaven.inspect.scan.ScanCase;
import java.util.List;

/** Models of Core ML, with and without what is not in them. */
public final class CoreMlCorpus {

    private static final byte[] CUSTOM_LAYER = Pb.bytes(1, Pb.text(1, "l"), Pb.bytes(500, Pb.text(10, "EvilLayer")));

    private CoreMlCorpus() {}

    public static List<ScanCase> cases() {
        byte[] weights = new byte[128];
        weights[0] = 1;
        weights[4] = 2;
        weights[64] = (byte) 0xEF;
        weights[65] = (byte) 0xBE;
        weights[66] = (byte) 0xAD;
        weights[67] = (byte) 0xDE;
        byte[] link = Pb.bytes(1, Pb.bytes(1, Pb.text(2, "other.mlmodelc")), Pb.bytes(2, Pb.text(2, "/tmp")));
        byte[] branch = Pb.bytes(1, Pb.bytes(605, Pb.bytes(1, CUSTOM_LAYER)));
        byte[] loop = Pb.bytes(1, Pb.bytes(615, Pb.text(2, "while"), Pb.bytes(4, CUSTOM_LAYER)));
        return List.of(
                good("a regressor", model(Pb.bytes(300, Pb.bytes(1, new byte[0])))),
                good(
                        "a neural network",
                        model(Pb.bytes(500, Pb.bytes(1, Pb.text(1, "l"), Pb.bytes(100, new byte[0]))))),
                good("an ML program", model(Pb.bytes(502, Pb.number(1, 1)))),
                good("weights of an ML program", weights),
                bad("a custom model", model(Pb.bytes(555, Pb.text(1, "EvilModel"))), SAFE_CODE),
                bad("a custom layer", model(Pb.bytes(500, CUSTOM_LAYER)), SAFE_CODE),
                bad("a custom layer of a classifier", model(Pb.bytes(403, CUSTOM_LAYER)), SAFE_CODE),
                bad("a custom layer in a branch", model(Pb.bytes(500, branch)), SAFE_CODE),
                bad("a custom layer in a loop", model(Pb.bytes(303, loop)), SAFE_CODE),
                bad(
                        "a custom model in a pipeline",
                        model(Pb.bytes(202, Pb.bytes(1, model(Pb.bytes(555, Pb.text(1, "Evil")))))),
                        SAFE_CODE),
                bad(
                        "a custom model in a pipeline of a classifier",
                        model(Pb.bytes(200, Pb.bytes(1, Pb.bytes(1, model(Pb.bytes(555, Pb.text(1, "Evil"))))))),
                        SAFE_CODE),
                bad("a model in another file", model(Pb.bytes(556, link)), SAFE_PATH),
                other("no description", Pb.message(Pb.number(1, 4), Pb.bytes(300, new byte[2]))),
                other("a field that Core ML has not", model(Pb.bytes(7, new byte[2]))),
                other("nothing but a version", Pb.number(1, 4)));
    }

    private static byte[] model(byte[] type) {
        byte[] description = Pb.bytes(2, Pb.bytes(1, Pb.text(1, "x")), Pb.bytes(10, Pb.text(1, "y")));
        return Pb.message(Pb.number(1, 4), description, type);
    }

    private static ScanCase good(String name, byte[] bytes) {
        return ScanCase.of(name, "m.mlmodel", bytes, Kind.OTHER_MODEL);
    }

    private static ScanCase bad(String name, byte[] bytes, FindingId... ids) {
        return ScanCase.of(name, "m.mlmodel", bytes, Kind.UNSAFE, ids);
    }

    private static ScanCase other(String name, byte[] bytes) {
        return ScanCase.of(name, "m.mlmodel", bytes, Kind.UNKNOWN, SAFE_UNKNOWN);
    }
}
