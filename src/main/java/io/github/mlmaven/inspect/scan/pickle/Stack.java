package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.Value.Simple;
import java.util.Arrays;
import java.util.List;

/**
 * The stack with its marks. What would take too much memory is forgotten on the way in. As older versions of Python do,
 * it lets values below a mark be taken; newer ones break there.
 */
final class Stack {

    private static final int MOST = 1 << 20;
    private static final int MOST_WEIGHT = 200_000;

    private Value[] values = new Value[8];
    private int size;
    private int[] marks = new int[4];
    private int markCount;
    private int weight;

    void push(Value value) throws PickleException {
        if (size == MOST) {
            throw PickleException.limit("more than " + MOST + " values on the stack");
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        boolean fits = weight + value.weight() <= MOST_WEIGHT;
        values[size] = fits ? value : Simple.FORGOTTEN;
        weight += values[size++].weight();
    }

    Value pop() throws PickleException {
        if (size == 0) {
            throw PickleException.wrong("the stack is empty");
        }
        Value value = values[--size];
        weight -= value.weight();
        values[size] = Simple.NONE;
        while (markCount > 0 && marks[markCount - 1] > size) {
            markCount--;
        }
        return value;
    }

    Value peek() throws PickleException {
        if (size == 0) {
            throw PickleException.wrong("the stack is empty");
        }
        return values[size - 1];
    }

    boolean isEmpty() {
        return size == 0;
    }

    void mark() throws PickleException {
        if (markCount == MOST) {
            throw PickleException.limit("more than " + MOST + " marks");
        }
        if (markCount == marks.length) {
            marks = Arrays.copyOf(marks, markCount * 2);
        }
        marks[markCount++] = size;
    }

    /** Whether the last thing that came is a mark. */
    boolean isMarked() {
        return markCount > 0 && marks[markCount - 1] == size;
    }

    void unmark() {
        markCount--;
    }

    List<Value> popToMark() throws PickleException {
        if (markCount == 0) {
            throw PickleException.wrong("there is no mark");
        }
        int mark = marks[--markCount];
        Value[] popped = Arrays.copyOfRange(values, mark, size);
        for (Value value : popped) {
            weight -= value.weight();
        }
        Arrays.fill(values, mark, size, Simple.NONE);
        size = mark;
        return Arrays.asList(popped);
    }
}
