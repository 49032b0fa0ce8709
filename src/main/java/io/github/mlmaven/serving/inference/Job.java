package io.github.mlmaven.serving.inference;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.serving.protocol.InferenceRequest;
import java.util.List;

/** A call that has been checked and waits for the engine. */
final class Job {

    final Call call;
    final Answer answer;

    /** The outputs to compute, at least one. */
    final List<String> outputs;

    /** The first dimension that all inputs share; 1 where they have none in common. */
    final long rows;

    /** Whether it may be merged with others that are alike. */
    final boolean mergeable;

    /** Bytes of all inputs: what the run will cost grows with it. */
    final long bytes;

    /** When it began to wait. */
    final long queuedNanos = System.nanoTime();

    Job(Call call, Answer answer, List<String> outputs, boolean modelMerges) {
        this.call = call;
        this.answer = answer;
        this.outputs = outputs;
        List<Tensor> inputs = call.request().inputs();
        long first = inputs.isEmpty() || inputs.get(0).rank() == 0
                ? -1
                : inputs.get(0).dimension(0);
        long sum = 0;
        for (Tensor input : inputs) {
            sum += input.bytes();
            if (input.rank() == 0 || input.dimension(0) != first) {
                first = -1;
            }
        }
        this.bytes = sum;
        this.rows = Math.max(first, 1);
        this.mergeable = modelMerges && first > 0;
    }

    InferenceRequest request() {
        return call.request();
    }

    /** Whether both can be one run: the same outputs, and inputs that differ in their first dimension at most. */
    boolean mergesWith(Job other) {
        if (!mergeable || !other.mergeable || !outputs.equals(other.outputs)) {
            return false;
        }
        List<Tensor> mine = request().inputs();
        List<Tensor> others = other.request().inputs();
        for (int i = 0; i < mine.size(); i++) {
            if (!alike(mine.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(Tensor a, Tensor b) {
        if (a.rank() != b.rank() || !a.name().equals(b.name())) {
            return false;
        }
        for (int i = 1; i < a.rank(); i++) {
            if (a.dimension(i) != b.dimension(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether nobody waits for it any more. */
    boolean abandoned() {
        return call.deadline().expired() || !answer.wanted();
    }
}
