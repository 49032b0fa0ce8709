package io.github.mlmaven.inspect.scan.archive;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What stands before an entry's header instead of in it: records of pax, or GNU's long name.
 *
 * @param name instead of the header's
 * @param size instead of the header's
 * @param isSparse whether holes of it are not stored
 * @param isBroken whether the records break pax's rules
 */
record TarExtension(Optional<EntryName> name, OptionalLong size, boolean isSparse, boolean isBroken) {

    static final TarExtension NONE = new TarExtension(Optional.empty(), OptionalLong.empty(), false, false);

    TarExtension withName(byte[] bytes) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new TarExtension(Optional.of(EntryName.of(Arrays.copyOf(bytes, end))), size, isSparse, isBroken);
    }

    /** POSIX.1-2017, pax, "pax Extended Header": {@code LENGTH KEY=VALUE\n}, the length counts all of it. */
    TarExtension with(byte[] records) {
        TarExtension all = this;
        int at = 0;
        while (at < records.length && records[at] != 0) {
            int digits = at;
            int length = 0;
            while (digits < records.length && digits - at < 7 && records[digits] >= '0' && records[digits] <= '9') {
                length = length * 10 + records[digits++] - '0';
            }
            int end = at + length;
            if (digits == at
                    || end > records.length
                    || end < digits + 3
                    || records[digits] != ' '
                    || records[end - 1] != '\n') {
                return new TarExtension(all.name, all.size, all.isSparse, true);
            }
            all = all.with(new String(records, digits + 1, end - digits - 2, StandardCharsets.ISO_8859_1));
            at = end;
        }
        return all;
    }

    private TarExtension with(String record) {
        int equals = record.indexOf('=');
        String key = record.substring(0, Math.max(0, equals));
        String value = record.substring(equals + 1);
        return switch (key) {
            case "path", "GNU.sparse.name" ->
                new TarExtension(
                        Optional.of(EntryName.of(value.getBytes(StandardCharsets.ISO_8859_1))),
                        size,
                        isSparse,
                        isBroken);
            case "size" ->
                value.matches("[0-9]{1,18}")
                        ? new TarExtension(name, OptionalLong.of(Long.parseLong(value)), isSparse, isBroken)
                        : new TarExtension(name, size, isSparse, true);
            case "" -> new TarExtension(name, size, isSparse, true);
            default -> key.startsWith("GNU.sparse.") ? new TarExtension(name, size, true, isBroken) : this;
        };
    }
}
