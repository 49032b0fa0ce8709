package io.github.mlmaven.embed.archive;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * The time of every entry of an archive.
 *
 * @param day in UTC
 */
public record EntryTime(LocalDate day) {

    /** A year before any time zone makes it 1979, which a zip archive cannot say. */
    private static final LocalDate FIRST = LocalDate.of(1980, 2, 1);

    public EntryTime {
        day = day.isBefore(FIRST) ? FIRST : day;
    }

    /**
     * Of {@code project.build.outputTimestamp}: a time of ISO 8601, or seconds since 1970; one character or none means
     * that there is no such time.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static EntryTime parse(@Nullable String text) {
        if (text == null || text.isBlank() || (text.length() == 1 && !Character.isDigit(text.charAt(0)))) {
            return new EntryTime(FIRST);
        }
        try {
            Instant instant = text.chars().allMatch(Character::isDigit)
                    ? Instant.ofEpochSecond(Long.parseLong(text))
                    : OffsetDateTime.parse(text).toInstant();
            return new EntryTime(LocalDate.ofInstant(instant, ZoneOffset.UTC));
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "project.build.outputTimestamp: expected a time such as 2026-01-31T12:00:00Z, or seconds since"
                            + " 1970, found \"" + text + "\". Correct it.",
                    e);
        }
    }

    /**
     * For a library that writes the time of a zip entry as the clock on the wall here shows it. At noon that clock is
     * never put forward, so that it shows the same everywhere.
     */
    long asOnTheWall() {
        return day.atTime(LocalTime.NOON)
                .atZone(ZoneId.systemDefault())
                .toInstant()
                .toEpochMilli();
    }
}
