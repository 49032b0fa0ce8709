package io.github.mlmaven.finding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a policy of what a user wrote; collects every problem before it refuses. */
public final class PolicyReader {

    private static final int NEAREST = 3;
    private static final List<String> IDS =
            Arrays.stream(FindingId.values()).map(FindingId::id).toList();

    private final Map<FindingId, Level> levels = new EnumMap<>(FindingId.class);
    private final List<Accept> accepts = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Adds one severity; a later one of the same id wins.
     *
     * @param where it was written, for messages: {@code <severities>}
     * @param id of a kind of findings
     * @param level {@code fail}, {@code warn} or {@code off}
     */
    public PolicyReader severity(String where, String id, @Nullable String level) {
        Optional<FindingId> known = id(where, id);
        Optional<Level> wanted = level(where, id, level);
        if (known.isPresent() && wanted.isPresent()) {
            if (wanted.get() == Level.FAIL || Policy.weakens(known.get())) {
                levels.put(known.get(), wanted.get());
            } else {
                problems.add(where + ": " + id + " cannot be " + wanted.get().id() + ". " + instead(known.get()));
            }
        }
        return this;
    }

    /**
     * Adds severities in one text: {@code ID=LEVEL,ID=LEVEL}.
     *
     * @param where it was written, for messages: {@code ml.severity}
     */
    public PolicyReader severities(String where, String text) {
        for (String entry : text.split(",", -1)) {
            String[] parts = entry.strip().split("=", 2);
            if (parts.length == 2) {
                severity(where, parts[0].strip(), parts[1].strip());
            } else if (!entry.isBlank()) {
                problems.add(
                        where + ": expected ID=fail, ID=warn or ID=off, found \"" + entry.strip() + "\". Correct it.");
            }
        }
        return this;
    }

    /** Adds one accepted risk, each part as it was written, if it was. */
    public PolicyReader accept(@Nullable String id, @Nullable String file, @Nullable String reason) {
        String where = "<accept>" + (id == null ? "" : " " + id);
        Optional<FindingId> known =
                given(where, "id", id) ? id("<accept>", Objects.requireNonNull(id)) : Optional.empty();
        boolean hasFile = given(where, "file", file);
        boolean hasReason = given(where, "reason", reason);
        if (known.isPresent() && !Policy.accepts(known.get())) {
            problems.add(where + ": only ML-SAFE findings are accepted file by file. Use <severities>.");
        } else if (known.isPresent() && hasFile && hasReason) {
            accepts.add(new Accept(
                    known.get(),
                    Objects.requireNonNull(file).strip(),
                    Objects.requireNonNull(reason).strip().replaceAll("\\s+", " ")));
        }
        return this;
    }

    /**
     * The policy.
     *
     * @throws PolicyException if anything was wrong
     */
    public Policy read() throws PolicyException {
        if (!problems.isEmpty()) {
            throw new PolicyException(problems);
        }
        return new Policy(levels, accepts);
    }

    private Optional<FindingId> id(String where, String id) {
        Optional<FindingId> known = Arrays.stream(FindingId.values())
                .filter(value -> value.id().equals(id.strip()))
                .findFirst();
        if (known.isEmpty()) {
            problems.add(where + ": there is no finding \"" + id + "\"; the nearest are "
                    + String.join(", ", Nearest.to(id, IDS, NEAREST))
                    + ". Correct it; docs/checks.md has all of them.");
        }
        return known;
    }

    private Optional<Level> level(String where, String id, @Nullable String text) {
        String found = text == null ? "" : text.strip();
        Optional<Level> level = Level.of(found);
        if (level.isEmpty()) {
            problems.add(where + ": " + id + ": expected fail, warn or off, found \"" + found + "\". Correct it.");
        }
        return level;
    }

    private boolean given(String where, String element, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            return true;
        }
        problems.add(where + ": has no <" + element + ">. "
                + switch (element) {
                    case "id" -> "Name the finding that is accepted.";
                    case "file" -> "Name the place that the finding names, or a pattern of places.";
                    default -> "Say why the risk is taken; every report shows it.";
                });
        return false;
    }

    private static String instead(FindingId id) {
        return id == FindingId.SAFE_MALICIOUS
                ? "Malicious code can only be accepted file by file: <accept> with <id>, <file> and <reason>."
                : "Without what it asks for nothing can be checked, locked or built. Remove it.";
    }
}
