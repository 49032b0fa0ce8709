package io.github.mlmaven.serving.protocol.tabular;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/** The ways to write a request's values in JSON, by the field that holds them. */
public enum TabularForm {
    /** A table as pandas writes it with {@code orient="split"}: {@code {"columns":[…],"data":[[…]]}}. */
    DATAFRAME_SPLIT("dataframe_split"),
    /** A table as pandas writes it with {@code orient="records"}: {@code [{COLUMN:CELL}]}. */
    DATAFRAME_RECORDS("dataframe_records"),
    /** One value, or one object of inputs, for each instance: the row form of TensorFlow Serving. */
    INSTANCES("instances"),
    /** Whole inputs: the column form of TensorFlow Serving. */
    INPUTS("inputs");

    private final String field;

    TabularForm(String field) {
        this.field = field;
    }

    /** The form with this field, or empty. */
    static Optional<TabularForm> of(String field) {
        return Arrays.stream(values()).filter(form -> form.field.equals(field)).findFirst();
    }

    /** The fields in quotes, for messages. */
    static String fields(Collection<TabularForm> forms) {
        return forms.stream().map(form -> '"' + form.field + '"').collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return field;
    }
}
