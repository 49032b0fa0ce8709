package io.github.mlmaven.verify.golden;

import io.github.mlmaven.inspect.ModelSource;
import io.github.mlmaven.model.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a model's golden folder: every {@code test_data_set_N} in the convention of the ONNX model zoo and every
 * {@code CASE.json} in Open Inference Protocol form. A case that cannot be used becomes findings; the others go on.
 */
public final class GoldenReader {

    private static final Pattern DATA_SET = Pattern.compile("test_data_set_([0-9]{1,9})");
    private static final String JSON = ".json";
    /** No hidden files, and no names that would be another path elsewhere. */
    private static final Pattern JSON_CASE = Pattern.compile("[^.\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*\\.json");

    private static final int MAX_CASES = 10_000;

    private final Contract contract;
    private final String place;
    private final GoldenFiles files;

    private GoldenReader(GoldenFiles files, String place, Contract contract) {
        this.contract = contract;
        this.place = place;
        this.files = files;
    }

    /**
     * Reads golden data.
     *
     * @param folder the golden folder, which need not exist
     * @param place the folder in messages
     * @param contract what the cases must fit
     */
    public static GoldenData read(Path folder, String place, Contract contract) {
        if (!Files.isDirectory(folder)) {
            return new GoldenData(List.of(), List.of());
        }
        try {
            return new GoldenReader(new GoldenFiles(folder.toRealPath(), place), place, contract).read();
        } catch (IOException | UncheckedIOException e) {
            return new GoldenData(List.of(), List.of(GoldenFiles.unreadable(place, e)));
        }
    }

    /**
     * Reads a model's golden data, and the input example that MLflow has put beside the model, unless the golden folder
     * has its outputs.
     */
    public static GoldenData read(ModelSource source, Contract contract) {
        GoldenData golden = read(source.goldenFolder(), source.goldenPlace(), contract);
        if (Files.exists(source.goldenFolder().resolve(MlflowExample.RECORDED))) {
            return golden;
        }
        GoldenData example = MlflowExample.read(source, contract);
        return new GoldenData(
                concat(golden.cases(), example.cases()),
                concat(golden.unrecorded(), example.unrecorded()),
                concat(golden.findings(), example.findings()));
    }

    private static <T> List<T> concat(List<T> first, List<T> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private GoldenData read() throws IOException {
        List<String> dataSets = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        try (Stream<Path> entries = Files.list(files.root())) {
            for (Path entry : entries.limit(MAX_CASES + 1L).toList()) {
                String name = entry.getFileName().toString();
                if (DATA_SET.matcher(name).matches() && !Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    dataSets.add(name);
                } else if (JSON_CASE.matcher(name).matches() && !Files.isDirectory(entry)) {
                    documents.add(name);
                }
            }
        }
        GoldenCollector golden = new GoldenCollector();
        if (dataSets.size() + documents.size() > MAX_CASES) {
            golden.add(GoldenFiles.invalid(
                    place, "too many cases", "at most " + MAX_CASES, "more", "Put several rows into one case."));
            return golden.data();
        }
        dataSets.sort(Comparator.comparingInt(GoldenReader::number).thenComparing(Comparator.naturalOrder()));
        documents.sort(Comparator.naturalOrder());
        for (String name : dataSets) {
            CaseDraft draft = new CaseDraft(name, place + "/" + name, contract);
            DataSetReader.read(files, name, draft);
            draft.finish(files.root().resolve(name), golden);
        }
        for (String name : documents) {
            CaseDraft draft =
                    new CaseDraft(name.substring(0, name.length() - JSON.length()), place + "/" + name, contract);
            JsonCaseReader.read(files, name, draft);
            draft.finish(files.root().resolve(name), golden);
        }
        return golden.data();
    }

    private static int number(String dataSet) {
        return Integer.parseInt(dataSet.substring(dataSet.lastIndexOf('_') + 1));
    }
}
