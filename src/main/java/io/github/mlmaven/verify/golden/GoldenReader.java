package io.github.mlmaven.verify.golden;

import io.github.mlmaven.finding.Finding;
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
        List<GoldenCase> cases = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        if (dataSets.size() + documents.size() > MAX_CASES) {
            findings.add(GoldenFiles.invalid(
                    place, "too many cases", "at most " + MAX_CASES, "more", "Put several rows into one case."));
            return new GoldenData(cases, findings);
        }
        dataSets.sort(Comparator.comparingInt(GoldenReader::number).thenComparing(Comparator.naturalOrder()));
        documents.sort(Comparator.naturalOrder());
        for (String name : dataSets) {
            CaseDraft draft = new CaseDraft(name, place + "/" + name, contract);
            DataSetReader.read(files, name, draft);
            draft.finish(cases, findings);
        }
        for (String name : documents) {
            CaseDraft draft =
                    new CaseDraft(name.substring(0, name.length() - JSON.length()), place + "/" + name, contract);
            JsonCaseReader.read(files, name, draft);
            draft.finish(cases, findings);
        }
        return new GoldenData(cases, findings);
    }

    private static int number(String dataSet) {
        return Integer.parseInt(dataSet.substring(dataSet.lastIndexOf('_') + 1));
    }
}
