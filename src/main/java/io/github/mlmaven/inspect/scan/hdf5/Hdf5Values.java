package io.github.mlmaven.inspect.scan.hdf5;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Printable;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.UnpackException;
import io.github.mlmaven.inspect.scan.keras.KerasConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Looks into those values that can be more than numbers: configurations of Keras, and bytes that may be a pickle. */
final class Hdf5Values {

    private static final Set<String> CONFIGURATIONS = Set.of("model_config", "training_config");
    private static final int MOST_CONTENTS = 1000;
    private static final int CONTIGUOUS = 1;
    private static final int COMPACT = 0;

    private final Content content;
    private final Hdf5Bytes file;
    private final Scan scan;
    private final Consumer<Finding> findings;
    private final List<ScanResult> contents = new ArrayList<>();

    Hdf5Values(Content content, Hdf5Bytes file, Scan scan, Consumer<Finding> findings) {
        this.content = content;
        this.file = file;
        this.scan = scan;
        this.findings = findings;
    }

    List<ScanResult> contents() {
        return List.copyOf(contents);
    }

    void attribute(String path, Attribute attribute) throws IOException, Hdf5Exception {
        String name = attribute.name();
        if (CONFIGURATIONS.contains(name)) {
            try (InputStream json = text(attribute)) {
                KerasConfig.ofModel(json, content.place() + Content.WITHIN + name)
                        .findings()
                        .forEach(findings);
            }
        } else if (attribute.type().isBytes()) {
            bytes(path + "/" + name, attribute.value());
        }
    }

    /** A text in the attribute or in the heap, without the zeros that fill it up. */
    private InputStream text(Attribute attribute) throws IOException, Hdf5Exception {
        if (attribute.type().text()) {
            GlobalHeap value = GlobalHeap.find(file, attribute.value());
            long size = value.size();
            while (size > 0 && file.read(value.address() + size - 1, 1).get() == 0) {
                size--;
            }
            return file.part(attribute.name(), value.address(), size).open();
        }
        if (!attribute.type().isBytes()) {
            throw Hdf5Exception.limit("a configuration that is no text");
        }
        byte[] bytes = new byte[attribute.value().remaining()];
        attribute.value().get(bytes);
        int size = bytes.length;
        while (size > 0 && bytes[size - 1] == 0) {
            size--;
        }
        return new ByteArrayInputStream(bytes, 0, size);
    }

    /** The bytes of a data set that is not in chunks; specification, section IV.A.2.i. */
    void dataset(String path, ObjectHeader header) throws IOException, Hdf5Exception {
        Message type = header.first(Message.DATATYPE).orElse(null);
        Message layout = header.first(Message.LAYOUT).orElse(null);
        if (type == null
                || layout == null
                || !Datatype.read(file, type.bytes(), type.shared()).isBytes()) {
            return;
        }
        ByteBuffer bytes = layout.bytes();
        if (bytes.get() < 3) {
            return;
        }
        int kind = bytes.get();
        if (kind == COMPACT) {
            int size = bytes.getShort() & 0xFFFF;
            bytes(path, bytes.slice(bytes.position(), size));
        } else if (kind == CONTIGUOUS) {
            long address = file.offset(bytes);
            long size = file.length(bytes);
            if (address >= 0 && size > 0) {
                Content value = file.part(name(path), address, size);
                if (mayBePickle(ends(value))) {
                    add(scan.scan(value));
                }
            }
        }
    }

    /** How it starts and ends. */
    private static ByteBuffer ends(Content value) throws IOException {
        int count = (int) Math.min(64, value.size());
        return ByteBuffer.allocate(2 * count)
                .put(value.head(count))
                .put(value.read(value.size() - count, count))
                .flip();
    }

    private void bytes(String path, ByteBuffer value) throws IOException {
        if (!mayBePickle(value)) {
            return;
        }
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        try {
            add(scan.scanPacked(content, name(path), bytes.length, new ByteArrayInputStream(bytes)));
        } catch (UnpackException e) {
            findings.accept(e.at(content.place() + Content.WITHIN + name(path)));
        }
    }

    /** What it is decides who knows pickles; here only what is plain text or numbers is sorted out. */
    private static boolean mayBePickle(ByteBuffer value) {
        int end = value.limit();
        while (end > value.position() && value.get(end - 1) == 0) {
            end--;
        }
        if (end - value.position() < 2) {
            return false;
        }
        int first = value.get(value.position()) & 0xFF;
        int second = value.get(value.position() + 1) & 0xFF;
        // From protocol 2 on they start with it; before, all there is to know is how they end.
        return (first == 0x80 && second >= 1 && second <= 5)
                || (value.get(end - 1) == '.' && "(c]}INFKVSULMGJT".indexOf(first) >= 0);
    }

    private static String name(String path) {
        String name = Printable.of(path);
        return name.startsWith("/") ? name.substring(1) : name;
    }

    private void add(ScanResult result) {
        boolean plain = result.kind() == Kind.DATA || result.kind() == Kind.UNKNOWN;
        boolean limited = result.findings().stream().anyMatch(finding -> finding.id() == FindingId.SAFE_ARCHIVE);
        if (contents.size() < MOST_CONTENTS && (!plain || limited)) {
            contents.add(result);
        }
    }
}
