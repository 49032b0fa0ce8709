package io.github.mlmaven.inspect.onnx;

import static io.github.mlmaven.inspect.onnx.Onnx.graph;
import static io.github.mlmaven.inspect.onnx.Onnx.graphAttribute;
import static io.github.mlmaven.inspect.onnx.Onnx.model;
import static io.github.mlmaven.inspect.onnx.Onnx.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.inspect.Inspected;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators of domains that nobody knows, and those that ask the system for something. */
class OnnxOperatorsTest {

    private static final String MESSAGE =
            "ML-SAFE-OPERATOR: src/main/model/m/model.onnx: the model has operators of domains that the engine does not"
                    + " know; expected operators of ai.onnx, ai.onnx.ml, com.microsoft, or functions of the model itself,"
                    + " found ";
    private static final String NEXT =
            ". Export the model with standard operators; custom ones need code that is not part" + " of the model.";

    @TempDir
    Path folder;

    @Test
    void operatorsOfUnknownDomainsAreListed() throws Exception {
        Proto inner = new Proto().message(1, node("Hidden").text(7, "evil"));
        Proto graph = graph().message(1, node("Regex").text(7, "ai.onnx.contrib"))
                .message(1, node("If").message(5, graphAttribute("then_branch", inner)));

        assertThat(Inspected.rejected(folder, model(graph).toBytes()))
                .containsExactly(MESSAGE + "ai.onnx.contrib.Regex, evil.Hidden" + NEXT);
    }

    @Test
    void ofManyOnlyTheFirstAreListed() throws Exception {
        Proto graph = graph();
        for (int i = 10; i < 30; i++) {
            graph.message(1, node("Op" + i).text(7, "d"));
        }

        assertThat(Inspected.rejected(folder, model(graph).toBytes()))
                .containsExactly(
                        MESSAGE + "d.Op10, d.Op11, d.Op12, d.Op13, d.Op14, d.Op15, d.Op16, d.Op17, d.Op18, d.Op19,"
                                + " 10 more" + NEXT);
    }

    @Test
    void theModelsOwnFunctionsAreKnown() throws Exception {
        Proto function = new Proto().text(1, "Twice").text(10, "my.functions").message(7, node("Add"));
        Proto graph = graph().message(1, node("Twice").text(7, "my.functions"));

        assertThat(Inspected.accepted(folder, model(graph).message(25, function).toBytes())
                        .operators())
                .containsEntry("my.functions.Twice", 1L);
    }

    @Test
    void anotherFunctionOfTheSameDomainIsNotKnown() throws Exception {
        Proto function = new Proto().text(1, "Twice").text(10, "my.functions");
        Proto graph = graph().message(1, node("Thrice").text(7, "my.functions"));

        assertThat(Inspected.rejected(folder, model(graph).message(25, function).toBytes()))
                .containsExactly(MESSAGE + "my.functions.Thrice" + NEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.microsoft.nchwc", "org.pytorch.aten"})
    void theEnginesOwnDomainsAreKnown(String domain) throws Exception {
        Proto graph = graph().message(1, node("Anything").text(7, domain));

        assertThat(Inspected.accepted(folder, model(graph).toBytes()).operators())
                .hasSize(2);
    }

    /** As ONNX Runtime 1.29 was seen to do. */
    @ParameterizedTest
    @CsvSource({
        "LOWER, 0, '', de_DE, de_DE",
        "LOWER, 1, '', de_DE, de_DE",
        "UPPER, 1, '', '', en_US.UTF-8",
        "NONE, 0, the, de_DE, de_DE",
        "NONE, 1, the, de_DE, ''",
        "NONE, 0, '', de_DE, ''",
    })
    void aLocaleIsSeenWhereTheEngineAsksForIt(
            String action, int caseSensitive, String stopword, String locale, String expected) throws Exception {
        Proto normalizer = node("StringNormalizer")
                .message(5, new Proto().text(1, "case_change_action").text(4, action))
                .message(5, new Proto().text(1, "is_case_sensitive").number(3, caseSensitive));
        if (!stopword.isEmpty()) {
            normalizer.message(5, new Proto().text(1, "stopwords").text(9, stopword));
        }
        if (!locale.isEmpty()) {
            normalizer.message(5, new Proto().text(1, "locale").text(4, locale));
        }

        assertThat(String.join(
                        ",",
                        Inspected.accepted(
                                        folder,
                                        model(graph().message(1, normalizer)).toBytes())
                                .locales()))
                .isEqualTo(expected);
    }
}
