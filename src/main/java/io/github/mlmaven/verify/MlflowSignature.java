package io.github.mlmaven.verify;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.ValueInfo;
import io.github.mlmaven.inspect.ValueType.TensorType;
import io.github.mlmaven.inspect.mlflow.MlflowField;
import io.github.mlmaven.inspect.mlflow.MlflowModel;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Holds the signature of an MLflow folder against what the model's file declares. */
final class MlflowSignature {

    /** NumPy's names; what is not here is not compared. */
    private static final Map<String, Datatype> DATATYPES = Map.ofEntries(
            Map.entry("bool", Datatype.BOOL),
            Map.entry("int8", Datatype.INT8),
            Map.entry("int16", Datatype.INT16),
            Map.entry("int32", Datatype.INT32),
            Map.entry("int64", Datatype.INT64),
            Map.entry("uint8", Datatype.UINT8),
            Map.entry("uint16", Datatype.UINT16),
            Map.entry("uint32", Datatype.UINT32),
            Map.entry("uint64", Datatype.UINT64),
            Map.entry("float16", Datatype.FP16),
            Map.entry("float32", Datatype.FP32),
            Map.entry("float64", Datatype.FP64),
            Map.entry("str", Datatype.BYTES),
            Map.entry("object", Datatype.BYTES));

    private final String place;
    private final List<Finding> findings = new ArrayList<>();

    private MlflowSignature(String place) {
        this.place = place;
    }

    /** Every difference; none where there is no MLflow folder. */
    static List<Finding> differences(Evidence evidence) {
        MlflowSignature signature = new MlflowSignature(evidence.place() + "/" + MlflowModel.FILE);
        evidence.inspected().mlflow().ifPresent(model -> {
            signature.compare(
                    "input",
                    model.signature().inputs(),
                    evidence.inspected().summary().inputs());
            signature.compare(
                    "output",
                    model.signature().outputs(),
                    evidence.inspected().summary().outputs());
        });
        return signature.findings;
    }

    private void compare(String kind, List<MlflowField> fields, List<ValueInfo> values) {
        if (fields.isEmpty()) {
            return;
        }
        // Columns: MLflow spreads them over the inputs in ways of its own; outputs have no names to compare.
        if (!fields.stream().allMatch(MlflowField::tensor)) {
            return;
        }
        if (fields.size() != values.size()) {
            differ(
                    "the number of " + kind + "s",
                    names(fields),
                    values.stream().map(ValueInfo::name).collect(Collectors.joining(", ")));
            return;
        }
        for (MlflowField field : fields) {
            Optional<ValueInfo> value = field.name().isEmpty()
                    ? Optional.of(values.get(fields.indexOf(field)))
                    : values.stream().filter(v -> v.name().equals(field.name())).findFirst();
            if (value.isEmpty()) {
                differ(
                        kind + " " + field.name(),
                        field.toString(),
                        values.stream().map(ValueInfo::name).collect(Collectors.joining(", ")));
            } else if (value.get().type() instanceof TensorType tensor && !agree(field, tensor)) {
                differ(kind + " " + value.get().name(), field.toString(), tensor.toString());
            }
        }
    }

    /** A dimension that varies on one side agrees with any: MLflow takes the first one to vary. */
    private static boolean agree(MlflowField field, TensorType tensor) {
        Optional<Datatype> datatype = Optional.ofNullable(DATATYPES.get(field.type()));
        if (datatype.isPresent() && tensor.datatype().isPresent() && !datatype.equals(tensor.datatype())) {
            return false;
        }
        long[] shape = tensor.shape().map(Shape::wire).orElse(new long[0]);
        if (tensor.shape().isEmpty()) {
            return true;
        }
        if (shape.length != field.shape().size()) {
            return false;
        }
        for (int i = 0; i < shape.length; i++) {
            long declared = field.shape().get(i);
            if (declared >= 0 && shape[i] >= 0 && declared != shape[i]) {
                return false;
            }
        }
        return true;
    }

    private static String names(List<MlflowField> fields) {
        return fields.stream().map(MlflowField::toString).collect(Collectors.joining(", "));
    }

    private void differ(String what, String expected, String found) {
        findings.add(Finding.of(
                FindingId.CONTRACT_SIGNATURE,
                place,
                "the signature and the model's file differ in " + what,
                plain(expected),
                plain(found),
                "Save the model again with mlflow.onnx.save_model and the signature of this model."));
    }

    private static String plain(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() > 500 ? printable.substring(0, 500) + "…" : printable;
    }
}
