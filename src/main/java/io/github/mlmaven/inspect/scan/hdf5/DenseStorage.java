package io.github.mlmaven.inspect.scan.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Many links or attributes of one object: a tree of records, each with the place of a message in a heap; specification,
 * section III.A.2.
 */
final class DenseStorage {

    private static final int MOST = 100_000;
    private static final int MOST_BYTES = 16 << 20;
    /** Signature, version, type; checksum. */
    private static final int NODE = 10;

    private final Hdf5Bytes file;
    private final FractalHeap heap;
    private final List<ByteBuffer> messages = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();
    private long bytes;

    private DenseStorage(Hdf5Bytes file, FractalHeap heap) {
        this.file = file;
        this.heap = heap;
    }

    private record Node(long address, int depth, long records) {}

    static List<ByteBuffer> read(Hdf5Bytes file, long heap, long tree) throws IOException, Hdf5Exception {
        DenseStorage storage = new DenseStorage(file, FractalHeap.read(file, heap));
        storage.tree(tree);
        return storage.messages;
    }

    private void tree(long address) throws IOException, Hdf5Exception {
        ByteBuffer header = file.read("BTHD", address, 16L + file.offsetSize() + 2);
        header.get();
        int type = header.get();
        int nodeSize = header.getInt();
        int recordSize = header.getShort() & 0xFFFF;
        int depth = header.getShort() & 0xFFFF;
        header.getShort();
        long root = file.offset(header);
        int records = header.getShort() & 0xFFFF;
        // Where the heap's id is in a record: of links by name, of links by order, of attributes by name.
        int idAt = type == 5 ? 4 : type == 6 ? 8 : type == 8 ? 0 : -1;
        if (idAt < 0 || nodeSize <= NODE || nodeSize > Hdf5Bytes.MOST || recordSize < idAt + 7 || depth > 16) {
            throw Hdf5Exception.corrupt("a tree that is not of links or attributes", address);
        }
        Deque<Node> nodes = new ArrayDeque<>();
        if (root >= 0) {
            nodes.push(new Node(root, depth, records));
        }
        while (!nodes.isEmpty()) {
            Node node = nodes.pop();
            if (!seen.add(node.address)) {
                throw Hdf5Exception.corrupt("a tree that comes back to itself", node.address);
            }
            node(node, nodeSize, recordSize, idAt, nodes);
        }
    }

    private void node(Node node, int nodeSize, int recordSize, int idAt, Deque<Node> nodes)
            throws IOException, Hdf5Exception {
        ByteBuffer content = file.read(node.depth == 0 ? "BTLF" : "BTIN", node.address, nodeSize);
        content.position(6);
        for (long i = 0; i < node.records; i++) {
            int record = content.position();
            add(heap.object(content.slice(record + idAt, recordSize - idAt).order(ByteOrder.LITTLE_ENDIAN)));
            content.position(record + recordSize);
        }
        if (node.depth > 0) {
            long inLeaf = ((long) nodeSize - NODE) / recordSize;
            int countWidth = width(inLeaf);
            int totalWidth = 0;
            long total = inLeaf;
            for (int depth = 1; depth <= node.depth; depth++) {
                totalWidth = depth > 1 ? width(total) : 0;
                int pointer = file.offsetSize() + countWidth + totalWidth;
                long most = Math.max(0, ((long) nodeSize - NODE - pointer) / (recordSize + pointer));
                total = (most + 1) * total + most;
            }
            for (long i = 0; i <= node.records; i++) {
                long child = file.offset(content);
                long count = Hdf5Bytes.number(content, countWidth);
                content.position(content.position() + totalWidth);
                nodes.push(new Node(child, node.depth - 1, count));
            }
        }
    }

    private void add(ByteBuffer message) throws Hdf5Exception {
        bytes += message.remaining();
        if (messages.size() == MOST || bytes > MOST_BYTES) {
            throw Hdf5Exception.limit("an object with more than " + MOST + " links or attributes");
        }
        messages.add(message);
    }

    /** How many bytes it takes to count that far. */
    private static int width(long most) {
        return (64 - Long.numberOfLeadingZeros(Math.max(1, most)) + 7) / 8;
    }
}
