package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.pickle.Value.Global;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Judges what a pickle imports by {@code globals.txt}. */
final class GlobalList {

    /** The list that ships. */
    static final GlobalList SHIPPED = read();

    private static final String ALL = "*";

    private final Map<String, Set<String>> data = new HashMap<>();
    private final Map<String, Set<String>> code = new HashMap<>();
    private final Map<String, Map<String, String>> harm = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> suspicious = new HashSet<>();

    private GlobalList() {}

    /** What importing and calling it can do. */
    enum Verdict {
        /** It holds data, whatever it is called with. */
        DATA,
        /** Nobody knows. */
        UNKNOWN,
        /** It rebuilds functions or classes out of what is in the pickle. */
        CODE,
        /** It attacks. */
        HARM
    }

    /**
     * What is known of a global.
     *
     * @param harm what loading it does: {@code starts programs}
     */
    record Judgement(Verdict verdict, String harm) {}

    private static GlobalList read() {
        GlobalList list = new GlobalList();
        try (InputStream in = Objects.requireNonNull(GlobalList.class.getResourceAsStream("globals.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String section = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("[")) {
                    section = line.substring(1, line.length() - 1);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    list.add(section, List.of(line.split(" ", -1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return list;
    }

    private void add(String section, List<String> words) {
        String what = section.substring(section.indexOf(' ') + 1);
        List<String> of = words.size() == 1 ? List.of(ALL) : words.subList(1, words.size());
        if (section.equals("data")) {
            data.computeIfAbsent(words.get(0), module -> new HashSet<>()).addAll(of);
        } else if (section.equals("code")) {
            code.computeIfAbsent(words.get(0), module -> new HashSet<>()).addAll(of);
        } else if (section.startsWith("harm")) {
            Map<String, String> harms = harm.computeIfAbsent(words.get(0), module -> new HashMap<>());
            of.forEach(name -> harms.put(name, what));
        } else if (section.equals("in code")) {
            suspicious.addAll(words);
        } else {
            words.forEach(name -> names.put(name, what));
        }
    }

    /** All that holds only data, by module. */
    Map<String, Set<String>> data() {
        return data;
    }

    /** Whether a function that uses this name does more than to compute. */
    boolean isSuspicious(String name) {
        return suspicious.contains(name);
    }

    Judgement judge(Global global) {
        if (data.getOrDefault(global.module(), Set.of()).contains(global.name())) {
            return new Judgement(Verdict.DATA, "");
        }
        if (code.getOrDefault(global.module(), Set.of()).contains(global.name())) {
            return new Judgement(Verdict.CODE, "");
        }
        // Python does not fold these, but who writes them wants to be taken for something else.
        String module = folded(global.module());
        String name = folded(global.name());
        Optional<String> harmful = harmOfModule(module, name).or(() -> harmOfName(name));
        if (harmful.isPresent()) {
            return new Judgement(Verdict.HARM, harmful.get());
        }
        Set<String> codes = code.getOrDefault(module, Set.of());
        return new Judgement(codes.contains(ALL) || codes.contains(name) ? Verdict.CODE : Verdict.UNKNOWN, "");
    }

    private Optional<String> harmOfModule(String module, String name) {
        String first = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
        Map<String, String> exact = harm.getOrDefault(module, Map.of());
        if (exact.containsKey(first)) {
            return Optional.of(exact.get(first));
        }
        for (String above = module; !above.isEmpty(); above = above.substring(0, Math.max(0, above.lastIndexOf('.')))) {
            String what = harm.getOrDefault(above, Map.of()).get(ALL);
            if (what != null) {
                return Optional.of(what);
            }
        }
        // In protocol 4 a name may lead from one module into another: torch, hub.load.
        return name.contains(".") ? harmOfModule(module + "." + first, name.substring(first.length() + 1)) : harmless();
    }

    /** Modules have others as attributes, and every object leads to all of them by its special attributes. */
    private Optional<String> harmOfName(String name) {
        for (String part : name.split("\\.", -1)) {
            String what = names.get(part);
            if (what != null) {
                return Optional.of(what);
            }
            boolean special = part.length() > 4 && part.startsWith("__") && part.endsWith("__");
            if (special) {
                return Optional.of("reaches into the interpreter");
            }
        }
        return harmless();
    }

    private static Optional<String> harmless() {
        return Optional.empty();
    }

    private static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC).replaceAll("[\\s\\p{C}]", "");
    }
}
