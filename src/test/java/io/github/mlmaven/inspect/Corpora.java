package io.github.mlmaven.inspect;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.ScanCase;
import io.github.mlmaven.inspect.scan.archive.ArchiveCorpus;
import io.github.mlmaven.inspect.scan.coreml.CoreMlCorpus;
import io.github.mlmaven.inspect.scan.hdf5.Hdf5Corpus;
import io.github.mlmaven.inspect.scan.keras.KerasCorpus;
import io.github.mlmaven.inspect.scan.pickle.PickleCase;
import io.github.mlmaven.inspect.scan.pickle.PickleCorpus;
import io.github.mlmaven.inspect.scan.read.Corpus;
import io.github.mlmaven.inspect.scan.tensorflow.TensorFlowCorpus;
import io.github.mlmaven.inspect.scan.tflite.TfLiteCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The files of all corpora, hostile, broken and sound, with what the whole scan must say of each. */
public final class Corpora {

    /**
     * A file.
     *
     * @param name a sentence
     * @param file its name in the model's folder
     * @param bytes its content
     * @param expected what must be said, in words
     * @param holds whether findings say it
     */
    public record Sample(String name, String file, byte[] bytes, String expected, Predicate<Set<FindingId>> holds) {}

    private Corpora() {}

    /** All of them. */
    public static List<Sample> all() {
        List<Sample> all = new ArrayList<>();
        PickleCorpus.all().forEach(pickle -> all.add(sample(pickle)));
        Stream.of(
                        KerasCorpus.cases(),
                        TensorFlowCorpus.cases(),
                        Hdf5Corpus.cases(),
                        CoreMlCorpus.cases(),
                        TfLiteCorpus.cases())
                .flatMap(List::stream)
                .forEach(other -> all.add(sample(other)));
        Corpus.cases().forEach(other -> all.add(sample(other)));
        // What is to be said of archives, ArchiveCorpusTest knows word by word.
        ArchiveCorpus.all()
                .forEach(archive ->
                        all.add(new Sample(archive.name(), "model.bin", archive.bytes(), "anything", ids -> true)));
        return all;
    }

    /** The kinds of what is said. */
    static Set<FindingId> ids(List<Finding> findings) {
        return findings.stream().map(Finding::id).collect(Collectors.toSet());
    }

    private static Sample sample(PickleCase pickle) {
        Predicate<Set<FindingId>> harmless = ids -> !ids.contains(FindingId.SAFE_MALICIOUS);
        Predicate<Set<FindingId>> holds = switch (pickle.verdict()) {
            case MALICIOUS -> ids -> ids.contains(FindingId.SAFE_MALICIOUS);
            case CODE -> harmless.and(ids -> ids.contains(FindingId.SAFE_CODE));
            case IMPORT -> harmless.and(ids -> ids.contains(FindingId.SAFE_IMPORT));
            case CORRUPT -> harmless.and(ids -> !ids.isEmpty());
            case UNSAFE ->
                harmless.and(ids -> ids.contains(FindingId.SAFE_PICKLE) && !ids.contains(FindingId.SAFE_IMPORT));
            case NOT_A_PICKLE -> harmless.and(ids -> !ids.contains(FindingId.SAFE_PICKLE));
        };
        return new Sample(
                pickle.name(), "model.bin", pickle.bytes(), pickle.verdict().name(), holds);
    }

    private static Sample sample(ScanCase other) {
        boolean attack = other.ids().contains(FindingId.SAFE_MALICIOUS);
        // What one scanner does not know, another may.
        Set<FindingId> expected =
                other.ids().stream().filter(id -> id != FindingId.SAFE_UNKNOWN).collect(Collectors.toSet());
        return new Sample(
                other.name(),
                other.file(),
                other.bytes(),
                expected.toString(),
                ids -> ids.containsAll(expected) && ids.contains(FindingId.SAFE_MALICIOUS) == attack);
    }

    private static Sample sample(Corpus.Case other) {
        Predicate<Set<FindingId>> holds = switch (other.expected()) {
            case UNSAFE -> ids -> ids.stream().anyMatch(id -> id.name().startsWith("SAFE_"));
            case BROKEN -> ids -> !ids.isEmpty() && !ids.equals(Set.of(FindingId.MODEL_UNSERVED));
            case UNSERVED -> ids -> ids.equals(Set.of(FindingId.MODEL_UNSERVED));
            case UNKNOWN -> ids -> ids.contains(FindingId.SAFE_UNKNOWN);
            case MODEL, DATA -> Set::isEmpty;
        };
        return new Sample(
                other.name(), other.name(), other.bytes(), other.expected().name(), holds);
    }
}
