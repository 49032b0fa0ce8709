package io.github.mlmaven.report;

import io.github.mlmaven.finding.FindingId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code docs/checks.md}, which ships in the jar, says of findings and checks. */
final class ChecksDocument {

    /**
     * What the document says of a kind of finding.
     *
     * @param meaning what is wrong
     * @param remedy what to do
     */
    record Explanation(String meaning, String remedy) {}

    private static final String RESOURCE = "/META-INF/ml/checks.md";
    private static final Pattern FINDING = Pattern.compile(
            "^### (\\S+)\\R\\R\\*\\*\\w+\\*\\* (.+?)\\R\\*Remedy:\\* (.+?)\\R(?:\\R|\\z)",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CHECK =
            Pattern.compile("^\\| (?!check \\|)(\\w[\\w ]*) \\| (.+) \\|$", Pattern.MULTILINE);

    private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\([^)]+\\)");

    private final Map<String, Explanation> findings = new HashMap<>();
    private final Map<String, String> checks = new HashMap<>();

    ChecksDocument(String markdown) {
        Matcher finding = FINDING.matcher(markdown);
        while (finding.find()) {
            findings.put(finding.group(1), new Explanation(line(finding.group(2)), line(finding.group(3))));
        }
        Matcher check = CHECK.matcher(markdown);
        while (check.find()) {
            checks.putIfAbsent(check.group(1), line(check.group(2)));
        }
    }

    static ChecksDocument load() throws IOException {
        try (InputStream in = ChecksDocument.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new FileNotFoundException(RESOURCE);
            }
            return new ChecksDocument(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** What a kind of finding means. */
    Explanation of(FindingId id) {
        Explanation explanation = findings.get(id.id());
        if (explanation == null) {
            throw new IllegalStateException("docs/checks.md does not explain " + id.id());
        }
        return explanation;
    }

    /** What a check proves, if the document says so. */
    Optional<String> proves(String check) {
        return Optional.ofNullable(checks.get(check));
    }

    /** One line, without the marks of code, and of links the text alone. */
    private static String line(String markdown) {
        return LINK.matcher(markdown.replaceAll("\\s+", " ").replace("`", ""))
                .replaceAll("$1")
                .strip();
    }
}
