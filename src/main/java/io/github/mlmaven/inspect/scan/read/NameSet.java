package io.github.mlmaven.inspect.scan.read;

import java.util.Arrays;

/**
 * Tells whether a name was there before, at 16 bytes a name whatever its length. Two names of one 64-bit hash count as
 * one; among a million names that happens in one file of thirty million.
 */
public final class NameSet {

    private long[] hashes = new long[64];
    private int size;

    /** Adds a name; false when it was there. */
    public boolean add(String name) {
        if (size * 2 == hashes.length) {
            long[] before = hashes;
            hashes = new long[before.length * 2];
            Arrays.stream(before).filter(hash -> hash != 0).forEach(hash -> hashes[slot(hash)] = hash);
        }
        long hash = hash(name);
        int slot = slot(hash);
        if (hashes[slot] == hash) {
            return false;
        }
        hashes[slot] = hash;
        size++;
        return true;
    }

    /** How many names there are. */
    public int size() {
        return size;
    }

    private int slot(long hash) {
        int slot = (int) hash & (hashes.length - 1);
        while (hashes[slot] != 0 && hashes[slot] != hash) {
            slot = (slot + 1) & (hashes.length - 1);
        }
        return slot;
    }

    /** FNV-1a, mixed so that all bits count; never 0, which marks a free slot. */
    private static long hash(String name) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        return hash == 0 ? 1 : hash;
    }
}
