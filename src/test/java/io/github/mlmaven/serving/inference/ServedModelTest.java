package io.github.mlmaven.serving.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.Tensors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedModelTest extends ServedModels {

    @Test
    void aBusyModelDoesNotKeepTheThreadsFromAnother() throws Exception {
        WatchedModel watched = identity();
        ServedModel busy = slow(watched, BatchOptions.OFF);
        ServedModel other = slow(identity(), BatchOptions.OFF);
        watched.shut();
        List<KeptAnswer> waiting = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            waiting.add(infer(busy, Tensors.fp32("x", new long[] {1}, i)));
        }
        watched.awaitRun();
        watched.awaitRun();
        KeptAnswer neighbour = infer(other, Tensors.fp32("x", new long[] {1}, 1));
        // Each of the two threads ends its run; then it is the other model's turn.
        watched.let(2);

        assertThat(neighbour.message()).isEqualTo("computed");
        assertThat(waiting).anyMatch(answer -> !answer.done());
        watched.let(50);
        for (KeptAnswer answer : waiting) {
            assertThat(answer.message()).isEqualTo("computed");
        }
    }

    @Test
    void otherThreadsThanEventLoopsMayAskForQuickModelsToo() throws Exception {
        ServedModel model = quick(identity(), BatchOptions.DEFAULT, 100_000);
        List<KeptAnswer> answers = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 500; i++) {
                    KeptAnswer answer = new KeptAnswer();
                    while (!model.infer(call(Tensors.fp32("x", new long[] {1}, i), Deadline.NONE), answer)) {
                        Thread.onSpinWait();
                    }
                    answers.add(answer);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (int i = 0; i < 500; i++) {
            answers.add(infer(model, Tensors.fp32("x", new long[] {1}, i)));
            endTurn();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(2500);
        for (KeptAnswer answer : answers) {
            assertThat(answer.message()).isEqualTo("computed");
        }
    }

    @Test
    void placesThatNobodyWaitsInAreGivenToOthers() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = served(watched, BatchOptions.OFF, 2, new Pace(0));
        watched.shut();
        Tensor x = Tensors.fp32("x", new long[] {1}, 1);
        List<KeptAnswer> running = List.of(infer(model, x), infer(model, x));
        watched.awaitRun();
        watched.awaitRun();
        KeptAnswer late = new KeptAnswer();
        infer(model, x, Deadline.after(Duration.ofNanos(1)), late);
        KeptAnswer left = infer(model, x);
        left.wanted = false;
        KeptAnswer next = infer(model, x);

        assertThat(late.message()).isEqualTo("EXPIRED: the deadline passed before the model ran");
        assertThat(left.message()).startsWith("EXPIRED: ");
        watched.let(3);
        assertThat(next.message()).isEqualTo("computed");
        assertThat(running.get(0).message()).isEqualTo("computed");
    }

    @Test
    void aSmallRequestIsNoQuickerThanTheFastestRunEver() {
        Pace pace = new Pace(1000);
        pace.ran(1_000_000, 100_000);
        assertThat(pace.quick(10)).isFalse();
        pace.ran(10, 900);
        assertThat(pace.quick(10)).isTrue();
        assertThat(pace.quick(1_000_000)).isFalse();
    }

    @Test
    void whatNobodyWaitsForIsNotRun() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = quick(watched, BatchOptions.DEFAULT);
        Tensor x = Tensors.fp32("x", new long[] {1}, 1);
        KeptAnswer late = new KeptAnswer();
        infer(model, x, Deadline.after(Duration.ofNanos(1)), late);
        KeptAnswer left = infer(model, x);
        left.wanted = false;
        KeptAnswer stays = infer(model, x);
        endTurn();

        assertThat(late.message()).isEqualTo("EXPIRED: the deadline passed before the model ran");
        assertThat(left.message()).startsWith("EXPIRED: ");
        assertThat(stays.message()).isEqualTo("computed");
        assertThat(watched.runs()).containsExactly(1);
    }

    @Test
    void beyondTheBoundRequestsAreRefusedUntilOthersHaveRun() throws Exception {
        ServedModel model = quick(identity(), BatchOptions.DEFAULT, 2);
        Tensor x = Tensors.fp32("x", new long[] {1}, 1);
        KeptAnswer one = infer(model, x);
        KeptAnswer two = infer(model, x);
        KeptAnswer refused = infer(model, x);
        assertThat(refused.message()).isEqualTo("BUSY: too many requests are waiting; try again");
        endTurn();
        assertThat(one.message()).isEqualTo("computed");
        assertThat(two.message()).isEqualTo("computed");

        KeptAnswer again = infer(model, x);
        endTurn();
        assertThat(again.message()).isEqualTo("computed");
    }

    @Test
    void closingWaitsForWhatWasAcceptedAndTakesNoMore() throws Exception {
        WatchedModel watched = identity();
        ServedModel model = slow(watched, BatchOptions.DEFAULT);
        watched.shut();
        KeptAnswer accepted = infer(model, Tensors.fp32("x", new long[] {1}, 1));
        watched.awaitRun();
        Thread closing = new Thread(model::close);
        closing.start();
        KeptAnswer refused = new KeptAnswer();
        // The call is turned away as soon as the closing thread has begun.
        while (model.infer(call(Tensors.fp32("x", new long[] {1}, 1), Deadline.NONE), turn::add, refused)) {
            refused = new KeptAnswer();
        }
        assertThat(watched.closed()).isFalse();
        watched.let(Integer.MAX_VALUE / 4);
        closing.join();

        assertThat(accepted.message()).isEqualTo("computed");
        assertThat(refused.done()).isFalse();
        assertThat(watched.closed()).isTrue();
    }
}
