package io.github.mlmaven.image.modelpack;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.mlmaven.image.layer.LayerEntry;
import io.github.mlmaven.image.layer.StoredLayer;
import io.github.mlmaven.image.layout.LayoutBlob;
import io.github.mlmaven.image.models.VersionFile;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** A file as a layer, with the annotations that tell where it belongs. */
final class PackLayer {

    private static final String FILE_PATH = "org.cncf.model.filepath";
    private static final String FILE_METADATA = "org.cncf.model.file.metadata+json";

    /** By which ORAS, and what mounts artifacts, name the file. */
    private static final String TITLE = "org.opencontainers.image.title";

    /** One second after the epoch, as in every layer written here. */
    private static final String TIME = "1970-01-01T00:00:01Z";

    /** The type flag of a regular file in a tar header (POSIX.1-2001, ustar). */
    private static final int REGULAR = '0';

    private static final ObjectMapper JSON = new ObjectMapper();

    private PackLayer() {}

    static LayoutBlob of(VersionFile file) throws IOException {
        StoredLayer layer = new StoredLayer(
                file.path(),
                FileRole.of(file.path()).mediaType(),
                file.digest(),
                file.size(),
                file.digest(),
                file.size(),
                file.content());
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(FILE_PATH, file.path());
        annotations.put(FILE_METADATA, metadata(file));
        annotations.put(TITLE, file.path());
        return new LayoutBlob(layer, annotations);
    }

    /** What a tar header would say. */
    private static String metadata(VersionFile file) throws IOException {
        return JSON.writeValueAsString(JSON.createObjectNode()
                .put("name", file.path().substring(file.path().lastIndexOf('/') + 1))
                .put("mode", LayerEntry.PLAIN)
                .put("uid", 0)
                .put("gid", 0)
                .put("size", file.size())
                .put("mtime", TIME)
                .put("typeflag", REGULAR));
    }
}
