package io.github.mlmaven.serving.inference;

/** What a model's runs cost, learnt from those that were; many threads tell it, and a lost update does no harm. */
final class Pace {

    /** An event loop may be kept so long: its other clients wait as they would for a garbage collection. */
    private static final double QUICK_NANOS = 500_000;

    private final double quickNanos;
    private volatile double nanosPerByte = Double.POSITIVE_INFINITY;

    /** What any run costs, however small: large ones alone would make a small one look quicker than it is. */
    private volatile double fastest = Double.POSITIVE_INFINITY;

    Pace() {
        this(QUICK_NANOS);
    }

    /** @param quickNanos a run that takes less is quick */
    Pace(double quickNanos) {
        this.quickNanos = quickNanos;
    }

    /** A run over so many bytes of inputs took so long. */
    void ran(long bytes, long nanos) {
        fastest = Math.min(fastest, (double) nanos);
        double now = (double) nanos / Math.max(1, bytes);
        double before = nanosPerByte;
        // Down at once, as the first runs are slow for everything that is new; up slowly, as one run may be preempted.
        nanosPerByte = now < before ? now : before + (now - before) / 16;
    }

    /** Whether a run over so many bytes is short enough for an event loop. */
    boolean quick(long bytes) {
        return Math.max(fastest, nanosPerByte * Math.max(1, bytes)) < quickNanos;
    }
}
