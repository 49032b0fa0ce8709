package io.github.mlmaven.image.layer;

/** A layer changed, and it is known which file of a model is not what was verified. */
public final class ChangedFileException extends ChangedLayerException {

    private static final long serialVersionUID = 1L;
    private final String place;
    private final String expected;
    private final String found;

    /**
     * @param layer the layer's name
     * @param place the file as messages write it
     * @param expected what was verified, its size or its digest
     * @param found what it is now
     */
    public ChangedFileException(String layer, String place, String expected, String found) {
        super(layer, place + " changed after it was verified");
        this.place = place;
        this.expected = expected;
        this.found = found;
    }

    /** The file as messages write it. */
    public String place() {
        return place;
    }

    /** What was verified. */
    public String expected() {
        return expected;
    }

    /** What it is now. */
    public String found() {
        return found;
    }
}
