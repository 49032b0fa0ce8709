package io.github.mlmaven.image.reproduce;

import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.image.layer.TarInput;
import io.github.mlmaven.model.Digest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;

/**
 * What is in a layer. Of the files only their digests are kept, however large they are.
 *
 * @param tar digest of the tar, unpacked
 * @param files by path, in the order of the tar
 */
record LayerFiles(Digest tar, Map<String, LayerFacts> files) {

    private static final int BUFFER = 1 << 16;
    private static final int MAX_ENTRIES = 500_000;

    LayerFiles {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    static LayerFiles read(LayoutTar layout, LayoutLayer layer) throws LayoutException, IOException {
        try (InputStream stored = layout.blob(layer.digest());
                InputStream raw = new BufferedInputStream(stored, BUFFER);
                InputStream tar = layer.gzip() ? new GZIPInputStream(raw, BUFFER) : raw) {
            return read(layer, tar);
        } catch (IOException | IllegalArgumentException e) {
            throw new LayoutException(
                    "the layer " + layer.name() + " cannot be read",
                    "a tar stored as " + layer.mediaType(),
                    String.valueOf(e.getMessage()));
        }
    }

    @SuppressWarnings("resource") // The layer's stream is the caller's.
    private static LayerFiles read(LayoutLayer layer, InputStream in) throws LayoutException, IOException {
        DigestInputStream measured = new DigestInputStream(in, DigestUtils.getSha256Digest());
        TarInput tar = new TarInput(measured);
        Map<String, LayerFacts> files = new LinkedHashMap<>();
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Digest content = Measured.of(tar::transferTo).digest();
            files.put(entry.getName(), LayerFacts.of(entry, content));
            if (files.size() > MAX_ENTRIES) {
                throw new LayoutException(
                        "the layer " + layer.name() + " holds too much", "at most " + MAX_ENTRIES + " files", "more");
            }
        }
        // Zeros may follow the end of a tar.
        measured.transferTo(OutputStream.nullOutputStream());
        return new LayerFiles(
                new Digest(Hex.encodeHexString(measured.getMessageDigest().digest())), files);
    }
}
