package io.github.mlmaven.model.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Contract;
import io.github.mlmaven.model.Datatype;
import io.github.mlmaven.model.Dimension;
import io.github.mlmaven.model.Shape;
import io.github.mlmaven.model.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractDifferenceTest {

    @Test
    void aContractDoesNotDifferFromItself() {
        Contract contract = new Contract(List.of(spec("a N 4"), spec("b N ?")), List.of(spec("y")));
        ContractDifference difference = ContractDifference.between(contract, contract);
        assertThat(difference.isEmpty()).isTrue();
        assertThat(difference.breaking()).isFalse();
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "x N 4 | x N 5   | true  | dimension 1 has another size",
                "x N 4 | x N K   | false | dimension 1 wider",
                "x N 4 | x 8 4   | true  | dimension 0 narrower",
                "x N 4 | x B 4   | false | dimension 0 has another name",
                "x N 4 | x ? 4   | false | dimension 0 has another name",
                "x N 4 | x N 4 1 | true  | rank changed",
                "x N K | x N N   | true  | dimension 1 must be equal to another N",
                "x N N | x N K   | false | dimension 1 has another name",
                "x ? ? | x N N   | true  | dimension 1 must be equal to another N",
                "x 4 N | x N N   | true  | dimension 1 must be equal to another N",
                "x 4 4 | x N N   | false | 'dimension 0 wider, dimension 1 wider'",
                "x 4 N | x K 8   | true  | dimension 1 narrower"
            })
    void anInputMayTakeMoreAndNotLess(String before, String now, boolean breaking, String what) {
        TensorChange change = only(inputs(before), inputs(now));
        assertThat(change.subject()).isEqualTo("input x");
        assertThat(change.what()).isEqualTo(what);
        assertThat(change.breaking()).isEqualTo(breaking);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "y N 4 | y N 5   | true  | dimension 1 has another size",
                "y N 4 | y N K   | true  | dimension 1 wider",
                "y N 4 | y 8 4   | false | dimension 0 narrower",
                "y N 4 | y B 4   | false | dimension 0 has another name",
                "y N K | y N N   | false | dimension 1 has another name",
                "y N 4 | y N     | true  | rank changed"
            })
    void anOutputMayPromiseMoreAndNotLess(String before, String now, boolean breaking, String what) {
        TensorChange change = only(outputs(before), outputs(now));
        assertThat(change.subject()).isEqualTo("output y");
        assertThat(change.what()).isEqualTo(what);
        assertThat(change.breaking()).isEqualTo(breaking);
    }

    @Test
    void everyOtherDatatypeBreaksClients() {
        TensorSpec wide = new TensorSpec("x", Datatype.FP64, spec("x N").shape());
        Contract now = new Contract(List.of(wide), List.of());
        assertThat(lines(inputs("x N"), now)).containsExactly("input x: x FP32[N] -> x FP64[N]: datatype changed!");
    }

    @Test
    void inputsThatComeOrGoBreakClientsAndOutputsOnlyWhenTheyGo() {
        Contract before = new Contract(List.of(spec("a N")), List.of(spec("label N")));
        Contract now = new Contract(List.of(spec("a N"), spec("b N")), List.of(spec("label N"), spec("score N 2")));
        assertThat(lines(before, now))
                .containsExactly(
                        "input b: - -> b FP32[N]: input added!", "output score: - -> score FP32[N,2]: output added");
        assertThat(lines(now, before))
                .containsExactly(
                        "input b: b FP32[N] -> -: input removed!",
                        "output score: score FP32[N,2] -> -: output removed!");
    }

    @Test
    void whatIsGoneAndCameBackUnderAnotherNameAtItsPlaceWasRenamed() {
        Contract before = new Contract(List.of(spec("a N"), spec("b N 4")), List.of(spec("y N")));
        Contract now = new Contract(List.of(spec("a N"), spec("c B 4")), List.of(spec("z N")));
        assertThat(lines(before, now))
                .containsExactly(
                        "input b: b FP32[N,4] -> c FP32[B,4]: input renamed!",
                        "output y: y FP32[N] -> z FP32[N]: output renamed!");
    }

    @Test
    void whatHasAnotherShapeAtThatPlaceIsAnotherTensor() {
        assertThat(lines(inputs("a N"), inputs("b N 4")))
                .containsExactly("input a: a FP32[N] -> -: input removed!", "input b: - -> b FP32[N,4]: input added!");
    }

    @Test
    void inputsThatMustAgreeInSizeTakeLess() {
        Contract before = inputs("a N 4", "b M 4");
        Contract now = inputs("a N 4", "b N 4");
        assertThat(lines(before, now))
                .containsExactly("input b: b FP32[M,4] -> b FP32[N,4]: dimension 0 must be equal to another N!");
        assertThat(lines(now, before))
                .containsExactly("input b: b FP32[N,4] -> b FP32[M,4]: dimension 0 has another name");
        assertThat(ContractDifference.between(inputs("a N", "b N"), inputs("a B", "b B"))
                        .breaking())
                .isFalse();
    }

    @Test
    void anotherOrderIsWorthAWord() {
        assertThat(lines(inputs("a", "b", "c"), inputs("c", "a", "b")))
                .containsExactly("order of the inputs: [a, b, c] -> [c, a, b]: another order");
        assertThat(lines(inputs("a", "b"), inputs("b", "d N", "a")))
                .containsExactly(
                        "input d: - -> d FP32[N]: input added!",
                        "order of the inputs: [a, b] -> [b, a]: another order");
    }

    private static List<String> lines(Contract before, Contract now) {
        return ContractDifference.between(before, now).changes().stream()
                .map(change -> change.subject() + ": " + change.before().orElse("-") + " -> "
                        + change.now().orElse("-") + ": " + change.what() + (change.breaking() ? "!" : ""))
                .toList();
    }

    private static TensorChange only(Contract before, Contract now) {
        ContractDifference difference = ContractDifference.between(before, now);
        assertThat(difference.changes()).hasSize(1);
        assertThat(difference.breaking()).isEqualTo(difference.changes().get(0).breaking());
        return difference.changes().get(0);
    }

    private static Contract inputs(String... specs) {
        return new Contract(
                Arrays.stream(specs).map(ContractDifferenceTest::spec).toList(), List.of());
    }

    private static Contract outputs(String... specs) {
        return new Contract(
                List.of(),
                Arrays.stream(specs).map(ContractDifferenceTest::spec).toList());
    }

    /** {@code NAME DIMENSION…}: a number, a name, or ? for one without. */
    private static TensorSpec spec(String text) {
        List<String> words = List.of(text.split(" "));
        List<Dimension> dimensions = words.subList(1, words.size()).stream()
                .map(word -> word.matches("\\d+")
                        ? (Dimension) new Dimension.Fixed(Long.parseLong(word))
                        : new Dimension.Symbolic(word.equals("?") ? "" : word))
                .toList();
        return new TensorSpec(words.get(0), Datatype.FP32, new Shape(dimensions));
    }
}
