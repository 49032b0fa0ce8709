package io.github.mlmaven.inspect.scan.hdf5;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.Printable;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Looks at every object of a file, each once, however it is linked. */
final class Hdf5Walk {

    private static final int MOST_OBJECTS = 200_000;
    private static final int MOST_FINDINGS = 50;
    private static final int MOST_NAMES = 10_000;
    private static final int VIRTUAL = 3;

    private final Content content;
    private final Hdf5Bytes file;
    private final Hdf5Values values;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Set<Long> seen = new HashSet<>();
    private final Deque<Place> open = new ArrayDeque<>();
    private final Set<String> rootNames = new HashSet<>();

    Hdf5Walk(Content content, Superblock start, Scan scan) {
        this.content = content;
        this.file = start.file();
        this.values = new Hdf5Values(content, start.file(), scan, this::add);
        reach("", start.root());
    }

    private record Place(String path, long address) {}

    /** Findings about the file itself. */
    List<Finding> findings() {
        return List.copyOf(findings);
    }

    /** What was found in values. */
    List<ScanResult> contents() {
        return values.contents();
    }

    /** The names of the attributes and members of the root. */
    Set<String> rootNames() {
        return rootNames;
    }

    void run() throws IOException {
        while (!open.isEmpty()) {
            Place place = open.pop();
            try {
                object(place);
            } catch (Hdf5Exception e) {
                unreadable(place, e.isLimit() ? FindingId.MODEL_LIMIT : FindingId.MODEL_CORRUPT, e.found());
            } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
                unreadable(place, FindingId.MODEL_CORRUPT, "a structure that ends too early");
            }
        }
    }

    private void object(Place place) throws IOException, Hdf5Exception {
        ObjectHeader header = ObjectHeader.read(file, place.address);
        List<ByteBuffer> attributes = new ArrayList<>();
        for (Message message : header.messages()) {
            switch (message.type()) {
                case Message.EXTERNAL_FILES -> outside(place.path, "data in other files");
                case Message.LAYOUT -> layout(place.path, message.bytes());
                case Message.ATTRIBUTE -> {
                    if (message.shared()) {
                        throw Hdf5Exception.limit("an attribute in the file's heap of shared messages");
                    }
                    attributes.add(message.bytes());
                }
                case Message.ATTRIBUTE_INFO -> attributes.addAll(dense(message.bytes()));
                default -> {}
            }
        }
        for (ByteBuffer bytes : attributes) {
            Attribute attribute = Attribute.read(file, bytes);
            if (place.path.isEmpty() && rootNames.size() < MOST_NAMES) {
                rootNames.add(attribute.name());
            }
            values.attribute(place.path, attribute);
        }
        values.dataset(place.path, header);
        for (Link link : Members.of(file, header)) {
            if (place.path.isEmpty() && rootNames.size() < MOST_NAMES) {
                rootNames.add(link.name());
            }
            String path = place.path + "/" + link.name();
            link.outside().ifPresent(other -> outside(path, other));
            if (link.address() != -1) {
                reach(path.length() > 200 ? "…" + path.substring(path.length() - 200) : path, link.address());
            }
        }
    }

    private List<ByteBuffer> dense(ByteBuffer info) throws IOException, Hdf5Exception {
        info.get();
        int flags = info.get();
        info.position(info.position() + ((flags & 1) != 0 ? 2 : 0));
        long heap = file.offset(info);
        long tree = file.offset(info);
        return heap == -1 || tree == -1 ? List.of() : DenseStorage.read(file, heap, tree);
    }

    private void layout(String path, ByteBuffer layout) {
        int version = layout.get();
        // Before version 3 there were no virtual data sets.
        if (version >= 3 && layout.get() == VIRTUAL) {
            outside(path, "a virtual data set");
        }
    }

    private void reach(String path, long address) {
        if (seen.size() == MOST_OBJECTS) {
            add(finding(
                    FindingId.MODEL_LIMIT,
                    "the file has too many objects to look into",
                    "at most " + MOST_OBJECTS,
                    "more",
                    "Save what the model needs in a file of its own."));
        } else if (seen.add(address)) {
            open.push(new Place(path, address));
        }
    }

    private void outside(String path, String what) {
        add(finding(
                FindingId.SAFE_PATH,
                "the file takes something from another file",
                "all data in the file itself",
                Printable.of(what) + " at " + Printable.of(path.isEmpty() ? "/" : path),
                "Save it again with all data in it."));
    }

    private void unreadable(Place place, FindingId id, String found) {
        add(finding(
                id,
                id == FindingId.MODEL_LIMIT
                        ? "an object is kept in a way that is not looked into"
                        : "an object breaks the rules of HDF5",
                "objects as h5py writes them",
                Printable.of(found) + ", in " + Printable.of(place.path.isEmpty() ? "/" : place.path),
                "Restore the file from its source, or save it again."));
    }

    private Finding finding(FindingId id, String message, String expected, String found, String next) {
        return Finding.of(id, content.place(), message, expected, found, next);
    }

    private void add(Finding finding) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }
}
