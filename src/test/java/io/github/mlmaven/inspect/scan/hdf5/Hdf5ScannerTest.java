package io.github.mlmaven.inspect.scan.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanCase;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.Scanned;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Hdf5ScannerTest {

    private static final byte[] PICKLE = {(byte) 0x80, 2, '}', '.'};

    @TempDir
    Path folder;

    private Scanned scanned;

    static List<ScanCase> cases() {
        return Hdf5Corpus.cases();
    }

    /** Stands for whoever knows pickles. */
    private static final class Pickles implements FormatScanner {
        @Override
        public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
            return content.startsWith(new byte[] {(byte) 0x80})
                    ? Optional.of(ScanResult.of(content, Kind.UNSAFE, "a pickle"))
                    : Optional.empty();
        }
    }

    @BeforeEach
    void scanners() {
        scanned = new Scanned(folder, new Hdf5Scanner(), new Pickles());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void judges_what_is_in_it_and_what_is_not(ScanCase file) throws IOException {
        scanned.judges(file);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void says_something_of_every_broken_file(ScanCase file) {
        scanned.survivesMutations(file);
    }

    @Test
    void tells_models_weights_and_others_apart() throws IOException {
        assertThat(scan("a harmless model as h5py writes it").format()).isEqualTo("a Keras model (HDF5)");
        assertThat(scan("weights").format()).isEqualTo("Keras weights (HDF5)");
        assertThat(scan("an HDF5 file of somebody else").format()).isEqualTo("an HDF5 file");
    }

    @Test
    void says_which_file_it_takes_something_from() throws IOException {
        assertThat(scan("a link to another file").findings())
                .extracting(Finding::line)
                .containsExactly(
                        "ML-SAFE-PATH: model/m.h5: the file takes something from another file; expected all data in the file "
                                + "itself, found /etc/passwd at /weights. Save it again with all data in it.",
                        "ML-MODEL-UNSERVED: model/m.h5: the format is recognised but not served; expected an ONNX model, found "
                                + "an HDF5 file. Move it out of the model's folder; if it is a model, convert it to ONNX.");
    }

    @Test
    void says_where_the_configuration_is() throws IOException {
        assertThat(scan("in the heap").findings().get(0).line())
                .isEqualTo(
                        "ML-SAFE-MALICIOUS: model/m.h5!/model_config: the configuration attacks whoever loads the model; "
                                + "expected layers and functions of Keras, found marshalled Python bytecode that names os, system. Do "
                                + "not load the file anywhere; ask where it comes from.");
    }

    @Test
    void finds_pickles_in_attributes_and_data() throws IOException {
        Hdf5File file = Hdf5File.start();
        long data = file.put(PICKLE);
        long dataset = file.object(Hdf5File.bytes(data, PICKLE.length));

        ScanResult result = scanned.scan(
                "m.h5", file.root(Hdf5File.attribute("opaque", 0x15, PICKLE), Hdf5File.link("data", dataset)));

        assertThat(result.contents())
                .extracting(ScanResult::place, ScanResult::format)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("model/m.h5!/opaque", "a pickle"),
                        org.assertj.core.groups.Tuple.tuple("model/m.h5!/data", "a pickle"));
    }

    private ScanResult scan(String name) throws IOException {
        ScanCase file =
                cases().stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
        return scanned.scan(file.file(), file.bytes());
    }
}
