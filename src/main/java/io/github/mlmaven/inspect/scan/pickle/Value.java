package io.github.mlmaven.inspect.scan.pickle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the interpreter knows of a value: enough to tell names, what is called, and where raw arrays end. */
sealed interface Value {

    /** How much memory it holds, in units of some fifty bytes. */
    int weight();

    /** Whether Python can call it, as far as is known. */
    default boolean isCallable() {
        return false;
    }

    /** Whether Python can unpack it into arguments, as far as is known. */
    default boolean isIterable() {
        return true;
    }

    /** Values of which nothing else matters. */
    enum Simple implements Value {
        NONE,
        NUMBER,
        /** The number that legacy files of PyTorch start with. */
        TORCH_MAGIC,
        BYTES,
        /** Bytes that are a pickle with a header, and were read as one. */
        PICKLE,
        LIST,
        SET,
        /** A result that nobody knows without running code. */
        COMPUTED,
        /** It was dropped to bound the memory. */
        FORGOTTEN,
        /** Found by the loader under a persistent id, such as a storage of PyTorch. */
        PERSISTENT;

        @Override
        public int weight() {
            return 0;
        }

        @Override
        public boolean isCallable() {
            return this == COMPUTED || this == FORGOTTEN || this == PERSISTENT;
        }

        @Override
        public boolean isIterable() {
            return this != NONE && this != NUMBER && this != TORCH_MAGIC;
        }
    }

    /** A number that may be a length. */
    record Int(long value) implements Value {
        @Override
        public int weight() {
            return 1;
        }

        @Override
        public boolean isIterable() {
            return false;
        }
    }

    /** A string that is short enough for a name. */
    record Text(String text) implements Value {
        /** No name is longer. */
        static final int MOST = 500;

        @Override
        public int weight() {
            return 2 + text.length() / 32;
        }
    }

    /** A longer string: where it is in the source, and whether it is escaped there. */
    record LongText(long from, long length, boolean escaped) implements Value {
        @Override
        public int weight() {
            return 1;
        }
    }

    /** Its first items, the light ones only, and a name among all of them that honest code does not use. */
    record Tuple(List<Value> first, int size, int weight, Optional<String> suspicious) implements Value {
        private static final int MOST = 32;
        private static final int HEAVY = 64;
        private static final int HEAVIEST = 256;

        static Tuple of(List<Value> items) {
            List<Value> first = new ArrayList<>();
            int weight = 2;
            for (Value item : items.subList(0, Math.min(items.size(), MOST))) {
                boolean light = item.weight() <= HEAVY && weight + item.weight() <= HEAVIEST;
                first.add(light ? item : Simple.COMPUTED);
                weight += light ? item.weight() : 0;
            }
            Optional<String> suspicious = items.stream()
                    .filter(item -> item instanceof Text text && GlobalList.SHIPPED.isSuspicious(text.text()))
                    .findFirst()
                    .map(item -> ((Text) item).text());
            return new Tuple(List.copyOf(first), items.size(), weight, suspicious);
        }

        Value item(int index) {
            return index < first.size() ? first.get(index) : Simple.COMPUTED;
        }
    }

    /** What a module has under a name; importing it runs the module. */
    record Global(String module, String name) implements Value {
        @Override
        public int weight() {
            return 3 + (module.length() + name.length()) / 32;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        boolean is(String aModule, String aName) {
            return module.equals(aModule) && name.equals(aName);
        }

        String full() {
            return module + "." + name;
        }
    }

    /** A global under a number that was agreed upon elsewhere. */
    record Extension(long code) implements Value {
        @Override
        public int weight() {
            return 1;
        }

        @Override
        public boolean isCallable() {
            return true;
        }
    }

    /** The result of a call. */
    final class Call implements Value {
        private static final int HEAVY = 100;

        private final Value callee;
        private final Value arguments;
        private final int weight;
        private boolean objects;

        Call(Value callee, Value arguments) {
            this.callee = callee.weight() > HEAVY ? Simple.COMPUTED : callee;
            this.arguments = arguments.weight() > HEAVY ? Simple.COMPUTED : arguments;
            this.weight = 1 + this.callee.weight() + this.arguments.weight();
        }

        @Override
        public int weight() {
            return weight;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        boolean isOf(String module, String name) {
            return callee instanceof Global global && global.is(module, name);
        }

        Value callee() {
            return callee;
        }

        Value argument(int index) {
            return arguments instanceof Tuple tuple ? tuple.item(index) : Simple.COMPUTED;
        }

        /** For a dtype: elements, or fields of them, are Python objects. */
        void holdsObjects() {
            objects = true;
        }

        boolean hasObjects() {
            return objects;
        }
    }

    /** Only what is needed of the state of joblib's arrays, and keys that change how objects behave. */
    final class Dict implements Value {
        private static final Set<String> KEPT = Set.of("shape", "dtype", "numpy_array_alignment_bytes");
        private static final Set<String> CHANGING = Set.of(
                "__setstate__",
                "__reduce__",
                "__reduce_ex__",
                "__getattr__",
                "__getattribute__",
                "__setattr__",
                "__class__",
                "__call__",
                "__del__",
                "__new__",
                "__init__",
                "__iter__");

        private Map<String, Value> kept = Map.of();
        private Optional<String> changing = Optional.empty();

        @Override
        public int weight() {
            return 1;
        }

        /** Whether it holds more than it did. */
        boolean put(Value key, Value value) {
            if (!(key instanceof Text text)) {
                return false;
            }
            if (CHANGING.contains(text.text())) {
                changing = Optional.of(text.text());
            }
            if (!KEPT.contains(text.text())) {
                return false;
            }
            if (kept.isEmpty()) {
                kept = new HashMap<>();
            }
            return kept.put(text.text(), value) == null;
        }

        Value get(String key) {
            return kept.getOrDefault(key, Simple.NONE);
        }

        Optional<String> changing() {
            return changing;
        }

        /** How many were kept; none are from now on. */
        int clear() {
            int count = kept.size();
            kept = Map.of();
            return count;
        }
    }
}
