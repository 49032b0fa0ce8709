package io.github.mlmaven.inspect.scan;

/**
 * How far a scan of one model goes.
 *
 * @param depth archives within archives
 * @param entries files, those in archives included
 * @param unpackedBytes of all that is unpacked together
 * @param ratio how many times its size something may unpack to
 * @param freeBytes what may be unpacked whatever the ratio
 */
public record ScanLimits(int depth, long entries, long unpackedBytes, long ratio, long freeBytes) {

    /** More than honest models need: 8 levels, a million files, 32 GiB, 250 times its size from 64 MiB on. */
    public static final ScanLimits DEFAULT = new ScanLimits(8, 1_000_000, 32L << 30, 250, 64L << 20);
}
