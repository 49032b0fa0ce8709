package io.github.mlmaven.image.reproduce;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.layer.Measured;
import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/** The files of an OCI layout in a tar (OCI image specification, "Image Layout"), none of them taken on trust. */
final class LayoutTar implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_DOCUMENT = 4 << 20;

    private final TarFile file;
    private final Map<String, TarArchiveEntry> entries = new HashMap<>();

    private LayoutTar(TarFile file) {
        this.file = file;
        file.getEntries().stream().filter(TarArchiveEntry::isFile).forEach(e -> entries.put(e.getName(), e));
    }

    static LayoutTar open(Path tar) throws LayoutException {
        try {
            return new LayoutTar(new TarFile(tar));
        } catch (IOException | IllegalArgumentException e) {
            throw new LayoutException("the image cannot be read", "a complete tar", String.valueOf(e.getMessage()));
        }
    }

    /** A JSON document by its name in the tar. */
    JsonNode document(String name) throws LayoutException {
        TarArchiveEntry entry = entry(name);
        if (entry.getSize() > MAX_DOCUMENT) {
            throw new LayoutException(
                    "the image's " + name + " is too large",
                    "at most " + MAX_DOCUMENT + " bytes",
                    entry.getSize() + " bytes");
        }
        try (InputStream in = file.getInputStream(entry)) {
            return JSON.readTree(in.readNBytes(MAX_DOCUMENT));
        } catch (JsonProcessingException e) {
            throw new LayoutException("the image's " + name + " cannot be read", "JSON", e.getOriginalMessage());
        } catch (IOException e) {
            throw broken(name, e);
        }
    }

    /** A JSON document that is a blob. */
    JsonNode document(Digest digest) throws LayoutException {
        verify(digest);
        return document(path(digest));
    }

    /** Makes sure that a blob is what its name says; the number of its bytes. */
    long verify(Digest digest) throws LayoutException {
        String name = path(digest);
        Measured found;
        try (InputStream in = file.getInputStream(entry(name))) {
            found = Measured.of(in::transferTo);
        } catch (IOException e) {
            throw broken(name, e);
        }
        if (!found.digest().equals(digest)) {
            throw new LayoutException(
                    "the image's " + name + " is not what its name says",
                    digest.toString(),
                    found.digest().toString());
        }
        return found.size();
    }

    InputStream blob(Digest digest) throws LayoutException, IOException {
        return file.getInputStream(entry(path(digest)));
    }

    private TarArchiveEntry entry(String name) throws LayoutException {
        TarArchiveEntry entry = entries.get(name);
        if (entry == null) {
            throw new LayoutException("the image is not complete", "the file " + name + " in it", "none");
        }
        return entry;
    }

    private static LayoutException broken(String name, IOException e) {
        return new LayoutException(
                "the image's " + name + " cannot be read", "all of its bytes", String.valueOf(e.getMessage()));
    }

    private static String path(Digest digest) {
        return "blobs/sha256/" + digest.hex();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
