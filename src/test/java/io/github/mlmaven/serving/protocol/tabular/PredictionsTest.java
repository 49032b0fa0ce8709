package io.github.mlmaven.serving.protocol.tabular;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.serving.Tensors;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How outputs become predictions. */
class PredictionsTest {

    private static final Tensor LABEL = Tensors.strings("label", new long[] {2}, "a", "b");
    private static final Tensor PROBABILITIES = Tensors.fp32("p", new long[] {2, 2}, 0.25f, 0.75f, 1, Float.NaN);
    private static final Tensor CONSTANT = Tensors.fp32("k", new long[] {}, 5);

    @Test
    void oneOutputIsItsNestedArray() throws Exception {
        assertThat(rows(2, PROBABILITIES)).isEqualTo("{\"predictions\":[[0.25,0.75],[1.0,\"NaN\"]]}");
        assertThat(rows(2, LABEL)).isEqualTo("{\"predictions\":[\"a\",\"b\"]}");
        assertThat(rows(2, CONSTANT)).isEqualTo("{\"predictions\":5.0}");
        assertThat(rows(1, Tensors.fp32("y", new long[] {1, 2, 1}, 1, 2)))
                .isEqualTo("{\"predictions\":[[[1.0],[2.0]]]}");
        assertThat(rows(0, Tensors.fp32("y", new long[] {0, 2}))).isEqualTo("{\"predictions\":[]}");
    }

    @Test
    void severalOutputsAreAnObjectForEachRow() throws Exception {
        assertThat(rows(2, LABEL, PROBABILITIES))
                .isEqualTo(
                        "{\"predictions\":[{\"label\":\"a\",\"p\":[0.25,0.75]},{\"label\":\"b\",\"p\":[1.0,\"NaN\"]}]}");
    }

    @Test
    void outputsWithoutTheRowsOfTheRequestAreOneObject() throws Exception {
        assertThat(rows(2, LABEL, CONSTANT)).isEqualTo("{\"predictions\":{\"label\":[\"a\",\"b\"],\"k\":5.0}}");
        assertThat(rows(1, LABEL, PROBABILITIES))
                .isEqualTo("{\"predictions\":{\"label\":[\"a\",\"b\"],\"p\":[[0.25,0.75],[1.0,\"NaN\"]]}}");
    }

    @Test
    void columnsAreWholeOutputs() throws Exception {
        assertThat(UTF_8.decode(Predictions.columns(List.of(LABEL), ElementMemory.HEAP))
                        .toString())
                .isEqualTo("{\"outputs\":[\"a\",\"b\"]}");
        assertThat(UTF_8.decode(Predictions.columns(List.of(LABEL, CONSTANT), ElementMemory.HEAP))
                        .toString())
                .isEqualTo("{\"outputs\":{\"label\":[\"a\",\"b\"],\"k\":5.0}}");
    }

    @Test
    void bytesThatAreNoTextAreBase64() throws Exception {
        Tensor bytes = new Tensor(
                "y", Datatype.BYTES, new long[] {2}, ByteBuffer.wrap(new byte[] {1, 0, 0, 0, (byte) 0xFF, 0, 0, 0, 0}));
        assertThat(rows(2, bytes)).isEqualTo("{\"predictions\":[{\"b64\":\"/w==\"},\"\"]}");
    }

    private static String rows(long rows, Tensor... outputs) throws Exception {
        return UTF_8.decode(Predictions.rows(List.of(outputs), rows, ElementMemory.HEAP))
                .toString();
    }
}
