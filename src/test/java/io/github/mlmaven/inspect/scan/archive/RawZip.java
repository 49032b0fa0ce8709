package io.github.mlmaven.inspect.scan.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/** Writes zip archives of which every field may be wrong. */
final class RawZip {

    /** Of one entry, its local header and what the central directory says. */
    static final class Entry {
        String name;
        String localName;
        int needed = 20;
        int flags;
        int localFlags;
        int method;
        int localMethod;
        long crc;
        long localCrc;
        long packed;
        long localPacked;
        long size;
        long localSize;
        int mode;
        byte[] data;
        byte[] extra = {};
        byte[] descriptor = {};
        byte[] before = {};
        boolean isListed = true;
        long shift;

        private Entry(String name, byte[] content, byte[] data, int method) {
            CRC32 sum = new CRC32();
            sum.update(content);
            this.name = name;
            localName = name;
            this.data = data;
            crc = sum.getValue();
            localCrc = crc;
            packed = data.length;
            localPacked = packed;
            size = content.length;
            localSize = size;
            this.method = method;
            localMethod = method;
        }

        /** In both headers. */
        void bothFlags(int both) {
            flags = both;
            localFlags = both;
        }

        void bothSizes(long both) {
            size = both;
            localSize = both;
        }

        void bothCrcs(long both) {
            crc = both;
            localCrc = both;
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private byte[] prefix = {};
    private byte[] beforeDirectory = {};
    private byte[] comment = {};
    private byte[] suffix = {};
    private boolean isShifted;
    private int extraCount;
    private int extraSize;

    RawZip stored(String name, byte[] content) {
        return stored(name, content, entry -> {});
    }

    RawZip stored(String name, byte[] content, Consumer<Entry> change) {
        return add(new Entry(name, content, content, 0), change);
    }

    RawZip deflated(String name, byte[] content) {
        return packed(name, content, Packed.deflate(content), 8, entry -> {});
    }

    RawZip packed(String name, byte[] content, byte[] data, int method, Consumer<Entry> change) {
        return add(new Entry(name, content, data, method), change);
    }

    private RawZip add(Entry entry, Consumer<Entry> change) {
        change.accept(entry);
        entries.add(entry);
        return this;
    }

    /** Before the archive; its offsets count from the file's first byte, or from the archive's. */
    RawZip prefix(byte[] bytes, boolean fromFile) {
        prefix = bytes;
        isShifted = fromFile;
        return this;
    }

    RawZip beforeDirectory(byte[] bytes) {
        beforeDirectory = bytes;
        return this;
    }

    RawZip comment(byte[] bytes) {
        comment = bytes;
        return this;
    }

    RawZip suffix(byte[] bytes) {
        suffix = bytes;
        return this;
    }

    /** What the end record says beyond what is true. */
    RawZip lie(int moreEntries, int moreBytes) {
        extraCount = moreEntries;
        extraSize = moreBytes;
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream directory = new ByteArrayOutputStream();
        out.writeBytes(prefix);
        int listed = 0;
        for (Entry entry : entries) {
            out.writeBytes(entry.before);
            long offset = out.size() + entry.shift - (isShifted ? 0 : prefix.length);
            out.writeBytes(local(entry));
            if (entry.isListed) {
                listed++;
                directory.writeBytes(central(entry, offset));
            }
        }
        out.writeBytes(beforeDirectory);
        int at = out.size() - (isShifted ? 0 : prefix.length);
        out.writeBytes(directory.toByteArray());
        out.writeBytes(end(listed + extraCount, directory.size() + extraSize, at, comment));
        out.writeBytes(suffix);
        return out.toByteArray();
    }

    static byte[] end(int count, long size, long offset, byte[] comment) {
        return little(22 + comment.length)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) count)
                .putShort((short) count)
                .putInt((int) size)
                .putInt((int) offset)
                .putShort((short) comment.length)
                .put(comment)
                .array();
    }

    private static byte[] local(Entry entry) {
        byte[] name = entry.localName.getBytes(StandardCharsets.UTF_8);
        return little(30 + name.length + entry.data.length + entry.descriptor.length)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) entry.localFlags)
                .putShort((short) entry.localMethod)
                .putInt(0)
                .putInt((int) entry.localCrc)
                .putInt((int) entry.localPacked)
                .putInt((int) entry.localSize)
                .putShort((short) name.length)
                .putShort((short) 0)
                .put(name)
                .put(entry.data)
                .put(entry.descriptor)
                .array();
    }

    private static byte[] central(Entry entry, long offset) {
        byte[] name = entry.name.getBytes(StandardCharsets.UTF_8);
        return little(46 + name.length + entry.extra.length)
                .putInt(0x02014b50)
                .putShort((short) (3 << 8 | 20))
                .putShort((short) entry.needed)
                .putShort((short) entry.flags)
                .putShort((short) entry.method)
                .putInt(0)
                .putInt((int) entry.crc)
                .putInt((int) entry.packed)
                .putInt((int) entry.size)
                .putShort((short) name.length)
                .putShort((short) entry.extra.length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(entry.mode << 16)
                .putInt((int) offset)
                .put(name)
                .put(entry.extra)
                .array();
    }

    /** An extra field. */
    static byte[] extra(int id, byte[] data) {
        return little(4 + data.length)
                .putShort((short) id)
                .putShort((short) data.length)
                .put(data)
                .array();
    }

    static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
