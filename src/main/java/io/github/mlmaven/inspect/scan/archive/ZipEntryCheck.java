package io.github.mlmaven.inspect.scan.archive;

import java.util.Locale;

/** What is wrong with an entry of a zip archive by its headers alone. */
final class ZipEntryCheck {

    /** The newest that Python's zipfile reads; it refuses the archive, and PyTorch does not look. */
    private static final int NEWEST = 63;

    private final Problems problems;

    ZipEntryCheck(Problems problems) {
        this.problems = problems;
    }

    void central(ZipEntry entry) {
        problems.name(entry.name());
        if (entry.isSpecial()) {
            problems.entry(
                    entry.name(),
                    "the entry is not a plain file or folder",
                    "plain files and folders",
                    entry.isLink() ? "a symbolic link" : "mode " + Integer.toOctalString(entry.mode()));
        }
        if (entry.isEncrypted()) {
            problems.entry(
                    entry.name(),
                    "the entry is encrypted",
                    "what anybody can look into",
                    entry.extra().isEncrypted() ? "a field of encryption" : flags(entry));
        }
        if (entry.strangeFlags() != 0) {
            problems.entry(entry.name(), "the entry has flags that stop some readers", "none of them", flags(entry));
        }
        if (entry.needed() > NEWEST) {
            problems.entry(
                    entry.name(),
                    "the entry needs a version of the format that does not exist",
                    "at most " + NEWEST,
                    String.valueOf(entry.needed()));
        }
        if (entry.name().isFolder()
                && (entry.size() != 0 || (entry.method() == ZipEntry.STORED && entry.packed() != 0))) {
            problems.entry(entry.name(), "the folder has data", "no data", entry.size() + " bytes");
        }
        if (entry.extra().isBroken()) {
            problems.corrupt(entry.name(), "the extra fields of the entry are broken", "fields within it", "others");
        }
        String name = entry.name().text();
        entry.extra()
                .name()
                .filter(other -> !other.equals(name))
                .ifPresent(other -> differ(
                        entry,
                        "another name in its extra field",
                        EntryName.of(other).shown(),
                        entry.name().shown()));
    }

    /** Readers that believe the one do not see what those see that believe the other. */
    void both(ZipEntry central, ZipEntry local) {
        boolean zeros = local.hasDescriptor();
        if (!central.name().bytes().equals(local.name().bytes())) {
            differ(
                    central,
                    "another name in its local header",
                    local.name().shown(),
                    central.name().shown());
        }
        if (central.method() != local.method()) {
            differ(central, "another method in its local header", local.method(), central.method());
        }
        if (central.comparableFlags() != local.comparableFlags()) {
            differ(central, "other flags in its local header", flags(local), flags(central));
        }
        if (central.crc() != local.crc() && !(zeros && local.crc() == 0)) {
            differ(
                    central,
                    "another CRC in its local header",
                    Long.toHexString(local.crc()),
                    Long.toHexString(central.crc()));
        }
        if (central.packed() != local.packed() && !(zeros && local.packed() == 0)) {
            differ(central, "another packed size in its local header", local.packed(), central.packed());
        }
        if (central.size() != local.size() && !(zeros && local.size() == 0)) {
            differ(central, "another size in its local header", local.size(), central.size());
        }
    }

    private void differ(ZipEntry entry, String what, Object found, Object expected) {
        problems.entry(
                entry.name(),
                "the entry has " + what + " than in the central directory",
                String.valueOf(expected),
                String.valueOf(found));
    }

    private static String flags(ZipEntry entry) {
        return String.format(Locale.ROOT, "flags 0x%04x", entry.flags());
    }
}
