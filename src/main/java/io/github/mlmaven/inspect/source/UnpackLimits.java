package io.github.mlmaven.inspect.source;

/**
 * How much is taken out of one archive.
 *
 * @param files entries
 * @param bytes of all of them together
 * @param ratio how many times its packed size an entry may unpack to
 * @param freeBytes what an entry may unpack to whatever the ratio
 */
record UnpackLimits(int files, long bytes, long ratio, long freeBytes) {

    /** More than honest models need: ten thousand files, 256 GiB, 250 times its size from 64 MiB on. */
    static final UnpackLimits DEFAULT = new UnpackLimits(10_000, 256L << 30, 250, 64L << 20);
}
