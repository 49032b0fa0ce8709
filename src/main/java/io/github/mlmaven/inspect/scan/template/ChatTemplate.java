package io.github.mlmaven.inspect.scan.template;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.read.Shown;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells whether a chat template reaches out of what it is given. A loader that renders it without a sandbox runs whatever
 * it says: CVE-2024-34359.
 */
public final class ChatTemplate {

    /** In bytes or characters; real ones have some thousands. */
    public static final int MAX_LENGTH = 1 << 20;

    private static final int MAX_SHOWN = 5;
    private static final String NEXT = "Replace the template by the one that the model's author published.";

    private static final String REACHING =
            "mro|popen|system|subclasses|func_globals|func_code|gi_frame|gi_code|cr_frame|cr_code|f_globals|f_locals"
                    + "|f_builtins|f_back|tb_frame|co_code|im_func|im_self|modules";

    /** Texts that stand beside each other, or are concatenated, are one. */
    private static final Pattern JOINT = Pattern.compile("\u0002\\s*+[~+]?\\s*+\u0001");

    private static final Pattern TEXTS = Pattern.compile("\u0001[^\u0002]*+\u0002?+");

    /** Names that lead from any object to all others; in texts too, as those name attributes as well. */
    private static final Pattern ANYWHERE =
            Pattern.compile("__(?:class|bases?|mro|subclasses|globals|builtins?|import|init|new|getattribute|getattr"
                    + "|getitem|dict|code|reduce|reduce_ex|call|self|module|loader|spec|func|closure|wrapped|name"
                    + "|qualname|doc|file|subclasshook|kwdefaults|defaults|setattr|delattr)__"
                    + "|\\[\\s*+\u0001(?:" + REACHING + ")\u0002");

    /** The same by the syntax of the language, outside texts. */
    private static final Pattern IN_CODE = Pattern.compile("\\b__\\w++|\\|\\s*+attr\\b|\\.\\s*+(?:" + REACHING + ")\\b"
            + "|\\brequest\\s*+\\.\\s*+application|\\bos\\s*+\\.\\s*+\\w++|\\b(?:subprocess|importlib|_TemplateReference)\\b"
            + "|\\b(?:eval|exec|open|compile|getattr|setattr|globals|locals|breakpoint)\\s*+\\("
            + "|\u0003[-+]?\\s*+(?:import|from|include|extends)\\b");

    private ChatTemplate() {}

    /**
     * Judges one.
     *
     * @param place the file that it is in
     * @param name what it is called there, its key for example
     */
    public static List<Finding> check(String template, String place, String name) {
        String code = JOINT.matcher(JinjaCode.of(template)).replaceAll("");
        SortedSet<String> found = new TreeSet<>();
        collect(ANYWHERE, code, found);
        collect(IN_CODE, TEXTS.matcher(code).replaceAll("''"), found);
        if (found.isEmpty()) {
            return List.of();
        }
        String shown =
                String.join(", ", found.stream().limit(MAX_SHOWN).toList()) + (found.size() > MAX_SHOWN ? ", …" : "");
        return List.of(Finding.of(
                FindingId.SAFE_TEMPLATE,
                place,
                "the template " + Shown.of(name) + " reaches into the interpreter that renders it",
                "only what a template is given",
                shown,
                NEXT));
    }

    /** The finding about one that is too long to be looked at. */
    public static Finding tooLong(String place, String name) {
        return Finding.of(
                FindingId.SAFE_TEMPLATE,
                place,
                "the template " + Shown.of(name) + " is too long to be looked at",
                "at most " + MAX_LENGTH + " bytes",
                "more",
                NEXT);
    }

    private static void collect(Pattern pattern, String code, SortedSet<String> found) {
        Matcher matcher = pattern.matcher(code);
        while (found.size() <= MAX_SHOWN && matcher.find()) {
            found.add(matcher.group().replaceAll("[\\p{Cntrl}\\s]+", ""));
        }
    }
}
