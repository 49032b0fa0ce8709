package io.github.mlmaven.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.lock.ContractChange;
import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import io.github.mlmaven.model.contract.ContractDifference;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContractReportTest {

    @Test
    void everyChangeHasARowOldBesideNewAndBreakingOnesComeFirst() {
        Contract locked = new Contract(List.of(spec("a"), spec("b")), List.of());
        Contract found = new Contract(List.of(spec("b"), spec("a")), List.of(spec("new\nline")));
        assertThat(lines("m", locked, found))
                .containsExactly(
                        "Contract of m: compatible, clients need not notice",
                        "  tensor               locked  found            verdict",
                        "  order of the inputs  [a, b]  [b, a]           compatible: another order",
                        "  output new line      -       new line FP32[]  compatible: output added");
        assertThat(lines("m", new Contract(List.of(), List.of()), found))
                .containsExactly(
                        "Contract of m: incompatible, clients break",
                        "  tensor           locked  found            verdict",
                        "  input b          -       b FP32[]         incompatible: input added",
                        "  input a          -       a FP32[]         incompatible: input added",
                        "  output new line  -       new line FP32[]  compatible: output added");
    }

    @Test
    void ofManyChangesTheFirstAreShown() {
        Contract many =
                new Contract(IntStream.range(0, 53).mapToObj(i -> spec("x" + i)).toList(), List.of());
        assertThat(lines("m", many, new Contract(List.of(), List.of())))
                .hasSize(53)
                .endsWith("  input x49  x49 FP32[]  -      incompatible: input removed", "  and 3 more");
    }

    private static List<String> lines(String model, Contract locked, Contract found) {
        return ContractReport.lines(List.of(new ContractChange(model, ContractDifference.between(locked, found))));
    }

    private static TensorSpec spec(String name) {
        return new TensorSpec(name, Datatype.FP32, new Shape(List.of()));
    }
}
