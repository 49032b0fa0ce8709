package io.github.mlmaven.lock;

import io.github.mlmaven.files.FileIdentity;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the digests of files, over all cores and each file read once. With a memory, a file that is as it was when
 * its digest was found out (size, times and inode) is not read again.
 */
public final class FileDigests {

    private static final int BUFFER = 1 << 17;

    /** How a file is named that is written over with every build of a snapshot on this machine. */
    private static final String MUTABLE = "-SNAPSHOT";

    private final Optional<DigestMemory> memory;
    private final boolean trust;
    private DigestMemory.@Nullable Content known;

    private FileDigests(Optional<DigestMemory> memory, boolean trust) {
        this.memory = memory;
        this.trust = trust;
    }

    /** Reads every file. */
    public static FileDigests reading() {
        return new FileDigests(Optional.empty(), false);
    }

    /**
     * Remembers digests in a file.
     *
     * @param memory the file, which need not exist
     * @param rehash whether every file is read all the same, and only the memory renewed
     */
    public static FileDigests remembering(Path memory, boolean rehash) {
        return new FileDigests(Optional.of(new DigestMemory(memory)), !rehash);
    }

    /** The digest of one file. */
    public Digest of(Path file) throws IOException {
        return Objects.requireNonNull(of(List.of(file)).get(file));
    }

    /** The digest of every file. */
    public Map<Path, Digest> of(Collection<Path> files) throws IOException {
        Map<Path, Digest> digests = new HashMap<>();
        DigestMemory.Content remembered = remembered();
        List<Path> unknown = new ArrayList<>();
        for (Path file : new LinkedHashSet<>(files)) {
            Optional<Digest> digest = trust ? remembered.digest(file) : Optional.empty();
            digest.ifPresentOrElse(known -> digests.put(file, known), () -> unknown.add(file));
        }
        List<Hashed> hashed;
        try {
            hashed = unknown.parallelStream().map(FileDigests::hash).toList();
        } catch (UncheckedIOException e) {
            throw new IOException("cannot read an artifact: " + e.getMessage(), e);
        }
        hashed.forEach(one -> digests.put(one.file, one.digest));
        if (memory.isPresent() && !hashed.isEmpty()) {
            hashed.stream()
                    .filter(one -> !String.valueOf(one.file.getFileName()).contains(MUTABLE))
                    .forEach(one -> one.identity.ifPresent(identity -> remembered.put(one.file, identity, one.digest)));
            try {
                memory.get().write(remembered);
            } catch (IOException e) {
                // Nothing is remembered, and the next build reads again.
            }
        }
        return digests;
    }

    /** Read once: goals ask for the digests of a JDK and of artifacts one after the other. */
    private DigestMemory.Content remembered() {
        if (known == null) {
            known = memory.isPresent() ? memory.get().read() : DigestMemory.Content.empty();
        }
        return known;
    }

    private record Hashed(Path file, Optional<FileIdentity> identity, Digest digest) {}

    private static Hashed hash(Path file) {
        try {
            // Before the bytes are read: a file that changes meanwhile has another identity afterwards.
            Optional<FileIdentity> identity = FileIdentity.settled(file);
            return new Hashed(file, identity, digest(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Digest digest(Path file) throws IOException {
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return new Digest(Hex.encodeHexString(sha256.digest()));
    }
}
