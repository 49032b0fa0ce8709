package io.github.mlmaven.serving.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.OnnxModels;
import io.github.mlmaven.serving.Tensors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that run as one get what each alone would get. */
class RunMergedTest extends RunMergedFixture {

    @ParameterizedTest
    @EnumSource(Datatype.class)
    void eachRequestGetsItsOwnRowsBack(Datatype datatype) throws Exception {
        int type = OnnxModels.elementType(datatype);
        try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", type, type, "N", "3"))) {
            Random random = new Random(datatype.ordinal());
            for (int[] rows : new int[][] {{1, 1}, {2, 1, 4}, {0, 3, 0}, {1, 2}, {2, 1, 4}, {0, 0}}) {
                List<List<Tensor>> requests = new ArrayList<>();
                for (int count : rows) {
                    requests.add(List.of(random(datatype, count, random)));
                }
                List<List<Tensor>> replies = model.runMerged(requests, List.of("y"));
                assertThat(replies).hasSameSizeAs(requests);
                for (int i = 0; i < rows.length; i++) {
                    Tensor reply = replies.get(i).get(0);
                    assertThat(reply.name()).isEqualTo("y");
                    assertThat(reply.datatype()).isEqualTo(datatype);
                    assertThat(reply.shape()).containsExactly(rows[i], 3);
                    assertThat(Tensors.bytes(reply))
                            .isEqualTo(Tensors.bytes(requests.get(i).get(0)));
                }
            }
        }
    }

    @Test
    void inputsMayComeInAnyOrder() throws Exception {
        try (LoadedModel model = load(OnnxModels.add(folder.resolve("m.onnx")))) {
            Tensor a = Tensors.fp32("a", new long[] {1}, 1);
            Tensor b = Tensors.fp32("b", new long[] {1}, 10);
            Tensor b2 = Tensors.fp32("b", new long[] {1}, 20);
            List<List<Tensor>> replies = model.runMerged(List.of(List.of(a, b), List.of(b2, a)), List.of("y"));
            assertThat(replies.get(0).get(0).data().getFloat()).isEqualTo(11);
            assertThat(replies.get(1).get(0).data().getFloat()).isEqualTo(21);
        }
    }

    @Test
    void stringsThatOnlyAConstantCanHoldMergeWithOthers() throws Exception {
        try (LoadedModel model = load(OnnxModels.equalTo(folder.resolve("m.onnx"), "a\0b"))) {
            List<List<Tensor>> replies = model.runMerged(
                    List.of(
                            List.of(Tensors.strings("x", new long[] {1}, "a")),
                            List.of(Tensors.strings("x", new long[] {2}, "ä", "a\0b"))),
                    List.of("same"));
            assertThat(Tensors.bytes(replies.get(0).get(0))).containsExactly(0);
            assertThat(Tensors.bytes(replies.get(1).get(0))).containsExactly(0, 1);
        }
    }

    @Test
    void aLoneRequestMayBeAScalar() throws Exception {
        for (Datatype datatype : List.of(Datatype.FP32, Datatype.UINT64)) {
            int type = OnnxModels.elementType(datatype);
            try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", type, type))) {
                ByteBuffer data = ByteBuffer.allocate(datatype.size()).put(0, (byte) 7);
                Tensor reply = runAlone(model, new Tensor("x", datatype, new long[0], data.duplicate()));
                assertThat(reply.shape()).isEmpty();
                assertThat(Tensors.bytes(reply)).isEqualTo(data.array());
            }
        }
    }

    @Test
    void scalarsDoNotMerge() throws Exception {
        try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1))) {
            List<Tensor> scalar = List.of(Tensors.fp32("x", new long[0], 1));
            assertThatThrownBy(() -> model.runMerged(List.of(scalar, scalar), List.of("y")))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("input x cannot be merged: shapes [] and []");
        }
    }

    @Test
    void requestsThatDoNotFitTogetherAreRefused() throws Exception {
        try (LoadedModel model = load(OnnxModels.unary(folder.resolve("m.onnx"), "Identity", 1, 1, "N", "M"))) {
            List<Tensor> narrow = List.of(Tensors.fp32("x", new long[] {1, 1}, 1));
            List<Tensor> wide = List.of(Tensors.fp32("x", new long[] {1, 2}, 1, 2));
            assertThatThrownBy(() -> model.runMerged(List.of(narrow, wide), List.of("y")))
                    .hasMessage("input x cannot be merged: shapes [1, 1] and [1, 2]");
            assertThatThrownBy(() -> model.runMerged(List.of(narrow, List.of()), List.of("y")))
                    .hasMessage("the request has no input x");
            List<Tensor> twice = List.of(narrow.get(0), narrow.get(0));
            assertThatThrownBy(() -> model.runMerged(List.of(twice), List.of("y")))
                    .hasMessage("the model takes 1 inputs, the request has 2");
            List<Tensor> other = List.of(Tensors.fp32("z", new long[] {1, 1}, 1));
            assertThatThrownBy(() -> model.runMerged(List.of(other), List.of("y")))
                    .hasMessage("the request has no input x");
            List<Tensor> strings = List.of(Tensors.strings("x", new long[] {1, 1}, "a"));
            assertThatThrownBy(() -> model.runMerged(List.of(strings), List.of("y")))
                    .hasMessage("input x is FP32, not BYTES");
            assertThatThrownBy(() -> model.runMerged(List.of(narrow), List.of("z")))
                    .hasMessage("the model has no output z");
        }
        try (LoadedModel model = load(OnnxModels.add(folder.resolve("m.onnx")))) {
            List<Tensor> uneven =
                    List.of(Tensors.fp32("a", new long[] {1}, 1), Tensors.fp32("b", new long[] {2}, 1, 2));
            assertThatThrownBy(() -> model.runMerged(List.of(uneven, uneven), List.of("y")))
                    .hasMessage("input b cannot be merged: it has 2 rows where the first input has 1");
        }
    }

    @Test
    void anOutputThatDoesNotFollowTheBatchIsAnEngineException() throws Exception {
        try (LoadedModel model = load(OnnxModels.equalTo(folder.resolve("m.onnx"), "a"))) {
            List<Tensor> request = List.of(Tensors.strings("x", new long[] {1}, "a"));
            assertThatThrownBy(() -> model.runMerged(List.of(request, request), List.of("same", "constant")))
                    .isInstanceOf(EngineException.class)
                    .hasMessage("output constant does not follow the batch: 2 rows went in, its shape is [1]");
        }
    }

    @Test
    void aFailingMemberIsTheInputsFaultAndTheNextRunIsRight() throws Exception {
        try (LoadedModel model = load(OnnxModels.gather(folder.resolve("m.onnx")))) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> model.runMerged(List.of(index(0), index(3)), List.of("y")))
                        .isInstanceOfSatisfying(EngineException.class, e -> {
                            assertThat(e.fault()).isEqualTo(EngineException.Fault.INPUT);
                            assertThat(e).hasMessageContaining("idx=3 must be within the inclusive range [-1,0]");
                        });
                List<List<Tensor>> replies = model.runMerged(List.of(index(0), index(0)), List.of("y"));
                assertThat(replies.get(1).get(0).data().getLong()).isEqualTo(7);
            }
        }
    }
}
