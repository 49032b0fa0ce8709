package io.github.mlmaven.image.layer;

import io.github.mlmaven.model.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes tar streams in which nothing depends on the machine: no user, no time but one, no permissions of its disk. */
public final class LayerTar implements AutoCloseable {

    /** Changes whenever the same entries give other bytes: what is remembered of layers is remembered by it too. */
    public static final String FORMAT = "1";

    /** One second after the epoch: some programs take zero for "unknown". */
    private static final long TIME = TimeUnit.SECONDS.toMillis(1);

    private static final int NAME_LENGTH = 100;
    private static final long OCTAL_SIZE = 1L << 33;

    private final TarArchiveOutputStream tar;

    /** Writes to a stream, and leaves it open. */
    public LayerTar(OutputStream out) {
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        // Long names and sizes are written by extended(): the library's own headers would carry the user's name.
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_TRUNCATE);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    }

    /** Writes a whole layer; leaves the stream open. */
    public static void write(Layer layer, OutputStream out) throws IOException {
        write(layer, Map.of(), out);
    }

    /**
     * Writes a whole layer; leaves the stream open.
     *
     * @param known what is known already of files that are copied
     * @throws ChangedLayerException when one of them has another digest
     */
    public static void write(Layer layer, Map<Path, Digest> known, OutputStream out) throws IOException {
        try (LayerTar tar = new LayerTar(out)) {
            for (LayerEntry entry : layer.entries().values()) {
                String name = entry.path().substring(1);
                if (entry instanceof LayerEntry.Folder) {
                    tar.folder(name, entry.mode());
                } else if (entry instanceof LayerEntry.Text text) {
                    byte[] content = text.content().getBytes(StandardCharsets.UTF_8);
                    tar.file(name, entry.mode(), content.length, o -> o.write(content));
                } else if (entry instanceof LayerEntry.Copy copy) {
                    Path source = copy.source();
                    Digest digest = known.get(source);
                    tar.file(name, entry.mode(), Files.size(source), o -> {
                        if (digest == null) {
                            Files.copy(source, o);
                        } else if (!Measured.tee(to -> Files.copy(source, to), o)
                                .digest()
                                .equals(digest)) {
                            throw new ChangedLayerException(layer.name());
                        }
                    });
                }
            }
        }
    }

    /** Adds a folder. */
    public void folder(String name, int mode) throws IOException {
        extended(name + "/", 0);
        put(name + "/", TarConstants.LF_DIR, mode, 0);
        tar.closeArchiveEntry();
    }

    /** Adds a file. */
    public void file(String name, int mode, long size, Blob content) throws IOException {
        extended(name, size);
        put(name, TarConstants.LF_NORMAL, mode, size);
        content.writeTo(tar);
        tar.closeArchiveEntry();
    }

    /** Hands on what was written. */
    public void flush() throws IOException {
        tar.flush();
    }

    private void put(String name, byte type, int mode, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, type);
        entry.setMode(mode);
        entry.setModTime(TIME);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setSize(size);
        tar.putArchiveEntry(entry);
    }

    /** The header of POSIX.1-2001 pax for what the old header cannot hold. */
    private void extended(String name, long size) throws IOException {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder records = new StringBuilder();
        if (utf8.length >= NAME_LENGTH || utf8.length != name.length()) {
            records.append(paxRecord("path", name));
        }
        if (size >= OCTAL_SIZE) {
            records.append(paxRecord("size", Long.toString(size)));
        }
        if (!records.isEmpty()) {
            byte[] header = records.toString().getBytes(StandardCharsets.UTF_8);
            put("PaxHeader", TarConstants.LF_PAX_EXTENDED_HEADER_LC, LayerEntry.PLAIN, header.length);
            tar.write(header);
            tar.closeArchiveEntry();
        }
    }

    /** {@code LENGTH KEY=VALUE\n}, where the length counts itself. */
    private static String paxRecord(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int length = rest.getBytes(StandardCharsets.UTF_8).length;
        int total = length;
        while (total != length + Integer.toString(total).length()) {
            total = length + Integer.toString(total).length();
        }
        return total + rest;
    }

    /** Ends the tar, without which it is not complete. */
    @Override
    public void close() throws IOException {
        tar.finish();
        tar.flush();
    }
}
