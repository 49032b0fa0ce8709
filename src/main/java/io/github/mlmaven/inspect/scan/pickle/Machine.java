package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.PickleException.Reason;
import io.github.mlmaven.inspect.scan.pickle.Value.Dict;
import io.github.mlmaven.inspect.scan.pickle.Value.Int;
import io.github.mlmaven.inspect.scan.pickle.Value.LongText;
import io.github.mlmaven.inspect.scan.pickle.Value.Simple;
import io.github.mlmaven.inspect.scan.pickle.Value.Text;
import io.github.mlmaven.inspect.scan.pickle.Value.Tuple;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Interprets the opcodes of one pickle as CPython's {@code Lib/pickle.py} and {@code Modules/_pickle.c} do, without
 * importing or calling anything. It breaks only where both surely do; behind that it goes on only to find harm.
 */
final class Machine {

    static final int HIGHEST_PROTOCOL = 5;

    private static final int MOST_KEPT = 4096;

    private final PickleInput in;
    private final int depth;
    private final boolean joblib;
    private final Trail trail = new Trail();
    private final Recognition recognition = new Recognition();
    private final Stack stack = new Stack();
    private final Memo memo = new Memo();
    private final Attributes attributes = new Attributes(trail);
    private final Literals literals;
    private final Calls calls;
    private boolean stopped;
    private int kept;

    /**
     * At the next byte.
     *
     * @param depth in how many strings of other pickles this one is
     * @param joblib whether arrays are behind their state, as when joblib loads it
     */
    Machine(PickleInput in, int depth, boolean joblib) {
        this.in = in;
        this.depth = depth;
        this.joblib = joblib;
        Nested nested = new Nested(depth, trail);
        this.literals = new Literals(in, nested);
        this.calls = new Calls(trail, recognition, literals, nested, attributes);
    }

    /** Until it stops or cannot go on. */
    void run() throws IOException {
        boolean running = true;
        while (running) {
            long at = in.base() + in.position();
            try {
                execute(opcode(), at);
                running = !stopped;
                if (trail.broken().isEmpty()) {
                    recognition.step();
                }
            } catch (PickleException e) {
                trail.breaks(e, at);
                running = e.reason() == Reason.WRONG && outcome() == Recognition.Outcome.PICKLE;
            }
        }
        attributes.finish();
    }

    Trail trail() {
        return trail;
    }

    /** Whether all was well until the bytes ended. */
    boolean ranOut() {
        return trail.broken().filter(e -> e.reason() == Reason.TRUNCATED).isPresent();
    }

    boolean isStopped() {
        return stopped;
    }

    Recognition.Outcome outcome() {
        return recognition.outcome(stopped, trail.broken());
    }

    private Opcode opcode() throws IOException, PickleException {
        int code = in.next();
        Optional<Opcode> opcode = Opcode.of(code);
        if (opcode.isEmpty()) {
            throw new PickleException(Reason.UNREADABLE, "no opcode is " + code);
        }
        return opcode.get();
    }

    private void execute(Opcode opcode, long at) throws IOException, PickleException {
        switch (opcode) {
            case STOP -> stop();
            case PROTO -> protocol((int) in.unsigned(1));
            case FRAME -> frame(in.length());
            case MARK -> stack.mark();
            case POP -> pop();
            case POP_MARK -> stack.popToMark();
            case DUP -> push(stack.peek());
            case PUT -> put(literals.index());
            case BINPUT -> put(in.unsigned(1));
            case LONG_BINPUT -> put(in.unsigned(4));
            case MEMOIZE -> memoize();
            case GET -> push(memo.get(literals.index()));
            case BINGET -> push(memo.get(in.unsigned(1)));
            case LONG_BINGET -> push(memo.get(in.unsigned(4)));
            case EMPTY_TUPLE -> stack.push(Tuple.of(List.of()));
            case TUPLE -> stack.push(Tuple.of(stack.popToMark()));
            case TUPLE1 -> stack.push(Tuple.of(pop(1)));
            case TUPLE2 -> stack.push(Tuple.of(pop(2)));
            case TUPLE3 -> stack.push(Tuple.of(pop(3)));
            case EMPTY_LIST -> stack.push(Simple.LIST);
            case LIST -> collect(Simple.LIST);
            case EMPTY_SET -> stack.push(Simple.SET);
            case FROZENSET -> collect(Simple.SET);
            case EMPTY_DICT -> stack.push(new Dict());
            case DICT -> dict(new Dict(), stack.popToMark());
            case APPEND -> extend(pop(1));
            case APPENDS, ADDITEMS -> extend(stack.popToMark());
            case SETITEM -> setItems(pop(2));
            case SETITEMS -> setItems(stack.popToMark());
            case BUILD -> build(at);
            case PERSID -> persistent(literals.name());
            case BINPERSID -> {
                stack.pop();
                stack.push(Simple.PERSISTENT);
            }
            case READONLY_BUFFER -> stack.push(stack.pop());
            case GLOBAL, STACK_GLOBAL, INST, EXT1, EXT2, EXT4 -> global(opcode, at);
            case REDUCE, NEWOBJ, NEWOBJ_EX, OBJ -> call(opcode, at);
            default -> stack.push(literals.read(opcode));
        }
    }

    private void push(Value value) throws PickleException {
        attributes.pushed(value);
        stack.push(value);
    }

    private void stop() throws PickleException {
        if (stack.pop() == Simple.TORCH_MAGIC) {
            trail.torchMagic();
        }
        stopped = true;
    }

    private void protocol(int number) throws PickleException {
        if (number > HIGHEST_PROTOCOL) {
            throw PickleException.wrong("protocol " + number);
        }
        recognition.header();
        trail.protocol(number);
    }

    private void frame(long length) throws PickleException {
        recognition.frame();
        if (length > in.left()) {
            throw PickleException.wrong("a frame that is longer than the file");
        }
    }

    private void pop() throws PickleException {
        if (stack.isMarked()) {
            stack.unmark();
        } else {
            stack.pop();
        }
    }

    private List<Value> pop(int count) throws PickleException {
        // Not a list that is filled from its front: OpenJDK 17's compiler was seen to lose elements of one here.
        Value[] values = new Value[count];
        for (int i = count - 1; i >= 0; i--) {
            values[i] = stack.pop();
        }
        return Arrays.asList(values);
    }

    private void put(long index) throws PickleException {
        memo.put(index, stack.peek());
        recognition.memoized();
    }

    private void memoize() throws PickleException {
        memo.add(stack.peek());
        recognition.memoized();
    }

    private void collect(Value collection) throws PickleException {
        stack.popToMark();
        stack.push(collection);
    }

    private void persistent(String id) throws PickleException {
        if (id.isEmpty()) {
            throw PickleException.wrong("an empty persistent id");
        }
        stack.push(Simple.PERSISTENT);
    }

    private void dict(Dict dict, List<Value> items) throws PickleException {
        putAll(dict, items);
        stack.push(dict);
    }

    private void extend(List<Value> items) throws PickleException {
        Value to = stack.peek();
        boolean plain = to instanceof Int || to instanceof Text || to instanceof LongText || to instanceof Tuple;
        if (!items.isEmpty() && (plain || to instanceof Dict || to == Simple.NONE || to == Simple.NUMBER)) {
            throw PickleException.wrong("an item for what takes none");
        }
    }

    private void setItems(List<Value> items) throws PickleException {
        Value to = stack.peek();
        if (to instanceof Dict dict) {
            putAll(dict, items);
        } else if (!items.isEmpty() && (to instanceof Int || to instanceof Text || !to.isIterable())) {
            throw PickleException.wrong("an item for what takes none");
        }
    }

    /** What is kept of all dictionaries together is limited; arrays give it back. */
    private void putAll(Dict dict, List<Value> items) throws PickleException {
        if (items.size() % 2 != 0) {
            throw PickleException.wrong("a key without a value");
        }
        for (int i = 0; i < items.size(); i += 2) {
            boolean small = kept < MOST_KEPT;
            if (dict.put(items.get(i), small ? items.get(i + 1) : Simple.FORGOTTEN)) {
                kept++;
            }
        }
    }

    private void global(Opcode opcode, long at) throws IOException, PickleException {
        switch (opcode) {
            case EXT1 -> stack.push(calls.extension(in.unsigned(1), at));
            case EXT2 -> stack.push(calls.extension(in.unsigned(2), at));
            case EXT4 -> stack.push(calls.extension(in.signed(), at));
            case STACK_GLOBAL -> {
                List<Value> names = pop(2);
                push(calls.global(names.get(0), names.get(1), at));
            }
            default -> {
                String module = literals.name();
                String name = literals.name();
                if (opcode == Opcode.INST) {
                    Tuple arguments = Tuple.of(stack.popToMark());
                    Value callee = calls.global(module, name, at);
                    attributes.pushed(callee);
                    stack.push(calls.call(callee, arguments, at));
                } else {
                    push(calls.global(module, name, at));
                }
            }
        }
    }

    private void call(Opcode opcode, long at) throws IOException, PickleException {
        List<Value> parts = opcode == Opcode.OBJ ? stack.popToMark() : pop(opcode == Opcode.NEWOBJ_EX ? 3 : 2);
        if (parts.isEmpty()) {
            throw PickleException.wrong("a call of nothing");
        }
        Value arguments = opcode == Opcode.OBJ ? Tuple.of(parts.subList(1, parts.size())) : parts.get(1);
        stack.push(calls.call(parts.get(0), arguments, at));
    }

    private void build(long at) throws IOException, PickleException {
        Value state = stack.pop();
        Value object = stack.peek();
        calls.build(object, state, at);
        if (!joblib || !RawArray.follows(object)) {
            return;
        }
        trail.arrayWrapper();
        RawArray array = RawArray.of(state);
        if (state instanceof Dict dict) {
            kept -= dict.clear();
        }
        if (array.objects()) {
            Machine elements = new Machine(in, depth, false);
            elements.run();
            trail.add(elements.trail());
        } else {
            array.skip(in);
        }
    }
}
