package io.github.mlmaven.inspect.scan.tensorflow;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The operators of TensorFlow that reach out of a model. */
public final class TensorFlowOperators {

    /** Those that a saver needs, and nothing else in a model that only computes. */
    private static final Set<String> OF_A_SAVER =
            Set.of("Save", "SaveSlices", "SaveV2", "Restore", "RestoreSlice", "RestoreV2", "MergeV2Checkpoints");

    /** Read the vocabularies that a SavedModel keeps in its assets. */
    private static final Set<String> OF_ASSETS = Set.of("InitializeTableFromTextFile", "InitializeTableFromTextFileV2");

    private static final Map<String, String> DANGEROUS = dangerous();

    private TensorFlowOperators() {}

    /** What it does that a model need not do: {@code reads files}. */
    public static Optional<String> danger(String operator) {
        return Optional.ofNullable(DANGEROUS.get(operator));
    }

    static boolean isOfSaver(String operator) {
        return OF_A_SAVER.contains(operator);
    }

    static boolean isOfAssets(String operator) {
        return OF_ASSETS.contains(operator);
    }

    /** Operators of TensorFlow are named like classes; others come from a package, or from a library of somebody. */
    static boolean isNamedAsOwn(String operator) {
        return operator.matches("_?[A-Z][A-Za-z0-9_]*");
    }

    private static Map<String, String> dangerous() {
        Map<String, String> dangerous = new TreeMap<>();
        add(dangerous, "reads files", """
                ReadFile MatchingFiles WholeFileReader WholeFileReaderV2 TextLineReader TextLineReaderV2
                FixedLengthRecordReader FixedLengthRecordReaderV2 TFRecordReader TFRecordReaderV2 LMDBReader
                TextLineDataset TFRecordDataset TFRecordDatasetV2 FixedLengthRecordDataset FixedLengthRecordDatasetV2
                SqlDataset ExperimentalSqlDataset LMDBDataset ExperimentalLMDBDataset CSVDataset CSVDatasetV2
                ExperimentalCSVDataset MatchingFilesDataset ExperimentalMatchingFilesDataset LoadDataset LoadDatasetV2
                ImmutableConst FileSystemSetConfiguration IndexFlatMapDataset""");
        add(dangerous, "writes files", """
                WriteFile SaveDataset SaveDatasetV2 SnapshotDataset SnapshotDatasetV2 SnapshotDatasetReader
                DistributedSave DatasetToTFRecord ExperimentalDatasetToTFRecord CacheDataset CacheDatasetV2
                CreateSummaryFileWriter CreateSummaryDbWriter ImportEvent WriteSummary WriteRawProtoSummary
                WriteAudioSummary WriteGraphSummary WriteHistogramSummary WriteImageSummary WriteScalarSummary
                SummaryWriter""");
        add(dangerous, "runs Python", "PyFunc PyFuncStateless EagerPyFunc GeneratorDataset");
        add(dangerous, "runs code that is hidden in data", """
                DatasetFromGraph RemoteFusedGraphExecute TRTEngineOp TfLiteSubgraphExecute""");
        add(dangerous, "opens connections", """
                Rpc TryRpc RpcCall RpcClient RpcServer RpcServerStart RpcServerRegister RpcCheckStatus RpcGetValue
                DataServiceDataset DataServiceDatasetV2 DataServiceDatasetV3 DataServiceDatasetV4 RegisterDataset
                RegisterDatasetV2 BigQueryReader BigtableClient GcsConfigureCredentials GcsConfigureBlockCache
                ConfigureDistributedTPU RemoteCall KafkaDataset""");
        return dangerous;
    }

    private static void add(Map<String, String> dangerous, String danger, String names) {
        for (String name : names.trim().split("\\s+", -1)) {
            dangerous.put(name, danger);
        }
    }
}
