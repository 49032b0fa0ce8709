package io.github.mlmaven.model.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Example;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleJsonTest {

    @Test
    void anExampleIsWrittenAsItIsRead() throws Exception {
        byte[] document = ("{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[0.1,\"NaN\"]}],"
                        + "\"outputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"é\"]}]}")
                .getBytes(UTF_8);

        assertThat(ExampleJson.write(ExampleJson.read(document))).contains(document);
    }

    @Test
    void whatIsLargerThanTheLimitIsNone() {
        Tensor largest = new Tensor("x", Datatype.UINT8, new long[] {32_000}, ByteBuffer.allocate(32_000));
        Tensor larger = new Tensor("x", Datatype.UINT8, new long[] {33_000}, ByteBuffer.allocate(33_000));
        Tensor huge = new Tensor("x", Datatype.UINT8, new long[] {1 << 28}, ByteBuffer.allocate(1 << 28));

        assertThat(ExampleJson.write(new Example(List.of(largest), List.of()))).isPresent();
        assertThat(ExampleJson.write(new Example(List.of(larger), List.of()))).isEmpty();
        assertThat(ExampleJson.write(new Example(List.of(huge), List.of()))).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreNone() {
        ByteBuffer notUtf8 = ByteBuffer.wrap(new byte[] {1, 0, 0, 0, (byte) 0xff});
        Tensor image = new Tensor("x", Datatype.BYTES, new long[] {1}, notUtf8);

        assertThat(ExampleJson.write(new Example(List.of(image), List.of()))).isEmpty();
    }

    @Test
    void aDocumentWithoutOutputsIsRefused() {
        assertThatThrownBy(() -> ExampleJson.read("{\"inputs\":[]}".getBytes(UTF_8)))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage("the document has no \"outputs\"");
    }

    @Test
    void anExampleFitsTheContractOfItsModelAlone() {
        Example example = new Example(
                List.of(new Tensor("x", Datatype.INT8, new long[] {3, 2}, ByteBuffer.allocate(6))), List.of());

        assertThat(example.fits(contract("x", Datatype.INT8, 2))).isTrue();
        assertThat(example.fits(contract("z", Datatype.INT8, 2))).isFalse();
        assertThat(example.fits(contract("x", Datatype.UINT8, 2))).isFalse();
        assertThat(example.fits(contract("x", Datatype.INT8, 4))).isFalse();
        assertThat(example.fits(new Contract(List.of(), List.of()))).isFalse();
    }

    private static Contract contract(String name, Datatype datatype, long columns) {
        Shape shape = new Shape(List.of(new Dimension.Symbolic("N"), new Dimension.Fixed(columns)));
        return new Contract(List.of(new TensorSpec(name, datatype, shape)), List.of());
    }
}
