package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.GlobalList.Verdict;
import io.github.mlmaven.inspect.scan.pickle.Value.Call;
import io.github.mlmaven.inspect.scan.pickle.Value.Global;
import io.github.mlmaven.inspect.scan.pickle.Value.Text;
import io.github.mlmaven.inspect.scan.pickle.Value.Tuple;
import java.util.Optional;

/**
 * Watches getattr and setattr. Honest pickles use them for bound methods, members of enumerations and classes that dill
 * rebuilds: called at once, and with a plain name. Whoever does anything else with them attacks.
 */
final class Attributes {

    private final Trail trail;
    private Optional<Global> first = Optional.empty();
    private long firstAt;
    private long unexplained;

    Attributes(Trail trail) {
        this.trail = trail;
    }

    /** Whether it is one of them. */
    static boolean isOne(Value value) {
        return value instanceof Global global
                && (global.module().equals("builtins") || global.module().equals("__builtin__"))
                && (global.name().equals("getattr") || global.name().equals("setattr"));
    }

    void imported(Global global, long at) {
        if (first.isEmpty()) {
            first = Optional.of(global);
            firstAt = at;
        }
    }

    /** It came onto the stack, so that it can be used once more. */
    void pushed(Value value) {
        if (isOne(value)) {
            unexplained++;
        }
    }

    void called(Value callee, Value arguments, long at) {
        if (callee instanceof Global global
                && isOne(global)
                && arguments instanceof Tuple tuple
                && tuple.item(1) instanceof Text name) {
            Value object = tuple.item(0);
            if (global.name().equals("setattr") ? isOwn(object) : isPlain(object, name.text())) {
                unexplained--;
                trail.unknown(global.full() + " of " + name.text(), at);
            }
        }
    }

    /** At the end: some use was not explained. */
    void finish() {
        if (unexplained > 0) {
            first.ifPresent(global -> trail.harm(global.full(), "reaches into the interpreter", firstAt));
        }
    }

    /** A class that the pickle itself carries. */
    private static boolean isOwn(Value object) {
        return object instanceof Call call
                && call.callee() instanceof Global maker
                && GlobalList.SHIPPED.judge(maker).verdict() == Verdict.CODE
                && !Calls.isImporter(maker);
    }

    private static boolean isPlain(Value object, String name) {
        Value owner = object instanceof Call call ? call.callee() : object;
        if (!(owner instanceof Global global) || isOne(global) || Calls.isImporter(global) || name.startsWith("__")) {
            return false;
        }
        Global attribute = new Global(global.module(), global.name() + "." + name);
        return GlobalList.SHIPPED.judge(global).verdict() != Verdict.HARM
                && GlobalList.SHIPPED.judge(attribute).verdict() != Verdict.HARM;
    }
}
