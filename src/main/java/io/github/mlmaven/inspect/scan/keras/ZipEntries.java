package io.github.mlmaven.inspect.scan.keras;

import io.github.mlmaven.inspect.scan.Content;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries of a zip file that make it a model of Keras, as Python's zipfile finds them: by the directory at its end,
 * wherever the file starts. However many entries there are, only few are kept.
 *
 * @param configs those named {@code config.json}, at most a few
 * @see <a href="https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT">APPNOTE, sections 4.3.12 to 4.3.16</a>
 */
record ZipEntries(List<ZipEntry> configs, boolean hasMetadata, boolean hasWeights) {

    static final int MOST_CONFIGS = 8;

    private static final int END = 22;
    private static final int END_64 = 56;
    private static final int LOCATOR_64 = 20;
    private static final int HEADER = 46;
    private static final int MOST_COMMENT = 0xFFFF;
    private static final ZipEntries NONE = new ZipEntries(List.of(), false, false);

    ZipEntries {
        configs = List.copyOf(configs);
    }

    static ZipEntries of(Content content) throws IOException {
        int count = (int) Math.min(content.size(), LOCATOR_64 + END_64 + END + MOST_COMMENT);
        long tailAt = content.size() - count;
        ByteBuffer tail = ByteBuffer.wrap(content.read(tailAt, count)).order(ByteOrder.LITTLE_ENDIAN);
        int end = lastEnd(tail);
        if (end < 0) {
            return NONE;
        }
        long size = Integer.toUnsignedLong(tail.getInt(end + 12));
        long offset = Integer.toUnsignedLong(tail.getInt(end + 16));
        int directoryEnd = end;
        int end64 = end - LOCATOR_64 - END_64;
        if (end64 >= 0 && tail.getInt(end - LOCATOR_64) == 0x07064b50 && tail.getInt(end64) == 0x06064b50) {
            size = tail.getLong(end64 + 40);
            offset = tail.getLong(end64 + 48);
            directoryEnd = end64;
        }
        long start = tailAt + directoryEnd - size;
        if (size < 0 || start < 0) {
            return NONE;
        }
        try (DataInputStream in =
                new DataInputStream(content.part("", start, size).open())) {
            return read(in, size, start - offset);
        } catch (EOFException e) {
            return NONE;
        }
    }

    private static int lastEnd(ByteBuffer tail) {
        for (int at = tail.capacity() - END; at >= 0; at--) {
            if (tail.getInt(at) == 0x06054b50) {
                return at;
            }
        }
        return -1;
    }

    private static ZipEntries read(DataInputStream in, long size, long shift) throws IOException {
        List<ZipEntry> configs = new ArrayList<>();
        boolean hasMetadata = false;
        boolean hasWeights = false;
        byte[] bytes = new byte[HEADER];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long read = 0;
        while (read < size) {
            in.readFully(bytes);
            if (header.getInt(0) != 0x02014b50) {
                break;
            }
            byte[] name = new byte[header.getShort(28) & 0xFFFF];
            in.readFully(name);
            byte[] extra = new byte[header.getShort(30) & 0xFFFF];
            in.readFully(extra);
            int comment = header.getShort(32) & 0xFFFF;
            in.skipNBytes(comment);
            read += HEADER + name.length + extra.length + comment;

            String text = untilZero(name);
            hasMetadata |= text.equals("metadata.json");
            hasWeights |= text.endsWith(".weights.h5") || text.equals("model.weights.npz");
            if (text.equals("config.json") && configs.size() < MOST_CONFIGS) {
                configs.add(ZipEntry.of(header, extra, shift));
            }
        }
        return new ZipEntries(configs, hasMetadata, hasWeights);
    }

    /** Python cuts names there. */
    private static String untilZero(byte[] name) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        int zero = text.indexOf(0);
        return zero < 0 ? text : text.substring(0, zero);
    }
}
