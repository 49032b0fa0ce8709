package io.github.mlmaven.image.layer;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** A layer before it is stored: its entries by path, with every folder above them. */
public final class Layer {

    /** How a layer is stored. */
    public enum Compression {
        /** As it is: weights do not compress. */
        NONE,
        /** With gzip. */
        GZIP
    }

    private final String name;
    private final Compression compression;
    private final SortedMap<String, LayerEntry> entries;

    /**
     * @param name what it holds, for people
     * @param compression how it is stored
     * @param content its entries in any order; no two with the same path
     */
    public Layer(String name, Compression compression, Collection<? extends LayerEntry> content) {
        this.name = name;
        this.compression = compression;
        SortedMap<String, LayerEntry> byPath = new TreeMap<>();
        for (LayerEntry entry : content) {
            if (!entry.path().startsWith("/") || byPath.put(entry.path(), entry) != null) {
                throw new IllegalArgumentException("not absolute, or twice in layer " + name + ": " + entry.path());
            }
        }
        for (LayerEntry entry : content) {
            int slash = entry.path().lastIndexOf('/');
            for (; slash > 0; slash = entry.path().lastIndexOf('/', slash - 1)) {
                String parent = entry.path().substring(0, slash);
                byPath.putIfAbsent(parent, new LayerEntry.Folder(parent, LayerEntry.EXECUTABLE));
            }
        }
        this.entries = Collections.unmodifiableSortedMap(byPath);
    }

    public String name() {
        return name;
    }

    public Compression compression() {
        return compression;
    }

    /** Its entries by path, folders before what is in them. */
    public SortedMap<String, LayerEntry> entries() {
        return entries;
    }
}
