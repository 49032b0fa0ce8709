package io.github.mlmaven.inspect.scan.read;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Unserved;
import java.util.ArrayList;
import java.util.List;

/** The result for a model of a format that is recognised and not served. */
public final class OtherModel {

    private OtherModel() {}

    /**
     * A sound one.
     *
     * @param format what it is
     * @param next how it is converted, in a sentence with the command
     * @param others what else is to be said of it
     */
    public static ScanResult of(Content content, String format, String next, List<Finding> others) {
        List<Finding> findings = new ArrayList<>(others);
        findings.add(Unserved.of(content, format, next));
        return ScanResult.of(content, Kind.OTHER_MODEL, format, findings);
    }

    /** A broken one; how it is converted is no question then. */
    public static ScanResult broken(Content content, String format, MalformedException reason) {
        return ScanResult.of(content, Kind.OTHER_MODEL, format, List.of(reason.at(content.place())));
    }
}
