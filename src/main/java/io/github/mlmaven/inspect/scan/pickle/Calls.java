package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.GlobalList.Judgement;
import io.github.mlmaven.inspect.scan.pickle.GlobalList.Verdict;
import io.github.mlmaven.inspect.scan.pickle.Value.Call;
import io.github.mlmaven.inspect.scan.pickle.Value.Dict;
import io.github.mlmaven.inspect.scan.pickle.Value.Extension;
import io.github.mlmaven.inspect.scan.pickle.Value.Global;
import io.github.mlmaven.inspect.scan.pickle.Value.Int;
import io.github.mlmaven.inspect.scan.pickle.Value.LongText;
import io.github.mlmaven.inspect.scan.pickle.Value.Simple;
import io.github.mlmaven.inspect.scan.pickle.Value.Text;
import io.github.mlmaven.inspect.scan.pickle.Value.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What is imported and called, and what that means. */
final class Calls {

    private static final String HIDES = "hides what it imports";
    private static final Set<String> TEXT_TO_BYTES = Set.of(
            "_codecs.encode",
            "builtins.bytes",
            "builtins.bytearray",
            "__builtin__.bytes",
            "__builtin__.bytearray",
            "__builtin__.str");
    private static final Set<String> FUNCTIONS = Set.of(
            "FunctionType",
            "LambdaType",
            "_make_function",
            "_create_function",
            "_fill_function",
            "_make_skel_func",
            "func_load");
    private static final Set<String> IMPORTERS = Set.of("_ufunc_reconstruct", "subimport", "_import_module");
    private static final String MODULE = "";
    private static final int OBJECTS = 1;

    private final Trail trail;
    private final Attributes attributes;
    private final Recognition recognition;
    private final Literals literals;
    private final Nested nested;

    Calls(Trail trail, Recognition recognition, Literals literals, Nested nested, Attributes attributes) {
        this.trail = trail;
        this.attributes = attributes;
        this.recognition = recognition;
        this.literals = literals;
        this.nested = nested;
    }

    /** A global whose names are written out. */
    Value global(String module, String name, long at) throws PickleException {
        if (module.isEmpty() || name.isEmpty()) {
            throw PickleException.wrong("a global without a name");
        }
        if (module.length() > Text.MOST || name.length() > Text.MOST) {
            trail.harm("a name of " + Math.max(module.length(), name.length()) + " characters", HIDES, at);
        }
        Global global = new Global(start(module), start(name));
        if (Attributes.isOne(global)) {
            recognition.imported(global, GlobalList.SHIPPED.judge(global));
            attributes.imported(global, at);
        } else {
            recognition.imported(global, trail.imports(global, at));
        }
        return global;
    }

    /** A global whose names come from the stack; nobody but an attacker computes them. */
    Value global(Value module, Value name, long at) throws PickleException {
        if (module instanceof Text moduleText && name instanceof Text nameText) {
            return global(moduleText.text(), nameText.text(), at);
        }
        for (Value part : List.of(module, name)) {
            boolean text = part instanceof Text || part instanceof LongText || part.isCallable();
            if (!text) {
                throw PickleException.wrong("a name that is no text");
            }
        }
        recognition.certain();
        if (module == Simple.FORGOTTEN || name == Simple.FORGOTTEN) {
            trail.unknown("a name that was memoized too long ago", at);
        } else {
            trail.harm("a name that is computed", HIDES, at);
        }
        return Simple.COMPUTED;
    }

    private static String start(String name) {
        return name.length() > Text.MOST ? name.substring(0, Text.MOST) : name;
    }

    Value extension(long code, long at) throws PickleException {
        if (code <= 0) {
            throw PickleException.wrong("an extension that nobody can register");
        }
        trail.unknown("extension " + code + " of copyreg", at);
        return new Extension(code);
    }

    Value call(Value callee, Value arguments, long at) throws IOException, PickleException {
        if (!callee.isCallable() || !arguments.isIterable()) {
            throw PickleException.wrong("a call of what cannot be called");
        }
        recognition.called(callee);
        attributes.called(callee, arguments, at);
        Value made = callee;
        if (callee instanceof Global global) {
            special(global, arguments, at);
            boolean reconstructor = global.name().equals("_reconstructor");
            made = reconstructor && arguments instanceof Tuple tuple ? tuple.item(0) : callee;
        } else if (callee instanceof Call call && isFunction(call)) {
            trail.harm("a call of a function that it carries", "runs code of its own", at);
        } else if (callee instanceof Call call && call.isOf("functools", "partial")) {
            trail.harm("a call of a functools.partial", "calls what it hides", at);
        }
        suspects(callee, arguments, at);
        Call result = new Call(made, arguments);
        if (result.isOf("numpy", "dtype")
                && result.argument(0) instanceof Text type
                && type.text().contains("O")) {
            result.holdsObjects();
        }
        return result;
    }

    private void special(Global global, Value arguments, long at) throws IOException, PickleException {
        Value first = arguments instanceof Tuple tuple ? tuple.item(0) : Simple.COMPUTED;
        Value second = arguments instanceof Tuple tuple ? tuple.item(1) : Simple.COMPUTED;
        if (TEXT_TO_BYTES.contains(global.full())) {
            if (first instanceof Text text) {
                nested.look(text.text().getBytes(StandardCharsets.ISO_8859_1), at);
            } else if (first instanceof LongText text) {
                nested.look(literals.latin1(text), at);
            }
        } else if (isImporter(global)) {
            importer(first, global.name().equals("_ufunc_reconstruct") ? second : new Text(MODULE), at);
        } else if (global.is("torch.storage", "_load_from_bytes") && first != Simple.PICKLE) {
            trail.unknown(global.full() + " of what was not looked into", at);
        } else if (global.name().equals("_reconstructor") && !isObject(second)) {
            trail.unknown(global.full() + " with a base other than object", at);
        }
    }

    /** A function that imports what its arguments say. */
    private void importer(Value module, Value name, long at) {
        if (module instanceof Text moduleText && name instanceof Text nameText) {
            String full = moduleText.text();
            int dot = full.lastIndexOf('.');
            if (!nameText.text().equals(MODULE)) {
                trail.imports(new Global(full, nameText.text()), at);
            } else if (dot > 0) {
                trail.imports(new Global(full.substring(0, dot), full.substring(dot + 1)), at);
            } else {
                // A module alone does nothing; the functions that use it are looked at.
                trail.code("the module " + full, at);
            }
        } else {
            trail.harm("a name that is computed", HIDES, at);
        }
    }

    static boolean isImporter(Global global) {
        return IMPORTERS.contains(global.name());
    }

    private static boolean isObject(Value base) {
        return base instanceof Global global && (global.is("builtins", "object") || global.is("__builtin__", "object"));
    }

    /** Whether what it returned is a function that was carried in the pickle. */
    private static boolean isFunction(Call call) {
        if (call.callee() instanceof Global global) {
            return FUNCTIONS.contains(global.name());
        }
        return call.callee() instanceof Call type
                && type.argument(0) instanceof Text text
                && FUNCTIONS.contains(text.text());
    }

    /** Code objects carry the names that they use. */
    private void suspects(Value callee, Value arguments, long at) {
        Value maker = callee instanceof Call call ? call.callee() : callee;
        if (maker instanceof Global global && arguments instanceof Tuple tuple) {
            Judgement judgement = GlobalList.SHIPPED.judge(global);
            if (judgement.verdict() == Verdict.CODE) {
                tuple.first().stream()
                        .filter(Tuple.class::isInstance)
                        .flatMap(item -> ((Tuple) item).suspicious().stream())
                        .forEach(name -> trail.harm("code that uses " + name, "brings code of its own", at));
            }
        }
    }

    /** Gives an object its state. */
    void build(Value object, Value state, long at) {
        if (object instanceof Global global) {
            trail.harm("a change of " + global.full() + " itself", "reaches into the interpreter", at);
        } else if (object instanceof Call call && call.callee() instanceof Global maker && isImporter(maker)) {
            trail.harm("a change of what " + maker.full() + " imports", "reaches into the interpreter", at);
        }
        if (object instanceof Call call && call.isOf("numpy", "dtype") && state instanceof Tuple tuple) {
            boolean fields = tuple.item(3) != Simple.NONE && tuple.size() > 7;
            if (fields && !(tuple.item(7) instanceof Int flags && (flags.value() & OBJECTS) == 0)) {
                call.holdsObjects();
            }
        }
        List<Value> states = state instanceof Tuple tuple && tuple.size() == 2 ? tuple.first() : List.of(state);
        for (Value part : states) {
            if (part instanceof Dict dict) {
                dict.changing()
                        .ifPresent(name -> trail.harm("a change of " + name, "reaches into the interpreter", at));
            }
        }
    }
}
