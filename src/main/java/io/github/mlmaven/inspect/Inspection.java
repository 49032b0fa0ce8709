package io.github.mlmaven.inspect;

import io.github.mlmaven.inspect.scan.ScanResult;
import java.util.List;

/** What came of reading a model's bytes. */
public sealed interface Inspection permits InspectedModel, RejectedModel {

    /** The model that was read. */
    ModelSource source();

    /** Every file in the model's folder, and what it was found to be; none when nobody could look. */
    List<ScanResult> scanned();
}
