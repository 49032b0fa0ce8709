package io.github.mlmaven.inspect.scan.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The members of a group, in whichever of the three ways it keeps them. */
final class Members {

    private static final int MOST = 100_000;
    private static final int MOST_NAME = 1024;

    private final Hdf5Bytes file;
    private final List<Link> links = new ArrayList<>();

    private Members(Hdf5Bytes file) {
        this.file = file;
    }

    static List<Link> of(Hdf5Bytes file, ObjectHeader header) throws IOException, Hdf5Exception {
        Members members = new Members(file);
        for (Message message : header.messages()) {
            if (message.type() == Message.SYMBOL_TABLE) {
                ByteBuffer bytes = message.bytes();
                members.table(file.offset(bytes), file.offset(bytes));
            } else if (message.type() == Message.LINK) {
                members.add(Link.read(file, message.bytes()));
            } else if (message.type() == Message.LINK_INFO) {
                ByteBuffer bytes = message.bytes();
                bytes.get();
                int flags = bytes.get();
                bytes.position(bytes.position() + ((flags & 1) != 0 ? 8 : 0));
                members.dense(file.offset(bytes), file.offset(bytes));
            }
        }
        return members.links;
    }

    private void dense(long heap, long tree) throws IOException, Hdf5Exception {
        if (heap == -1 || tree == -1) {
            return;
        }
        for (ByteBuffer link : DenseStorage.read(file, heap, tree)) {
            add(Link.read(file, link));
        }
    }

    /** Section III.A.1 and III.B: a tree whose leaves are tables of symbols, with names in a heap. */
    private void table(long tree, long heap) throws IOException, Hdf5Exception {
        ByteBuffer header = file.read("HEAP", heap, 8 + 2L * file.lengthSize() + file.offsetSize());
        header.position(8 + 2 * file.lengthSize());
        long names = file.offset(header);
        Deque<Long> nodes = new ArrayDeque<>(List.of(tree));
        Set<Long> seen = new HashSet<>();
        while (!nodes.isEmpty()) {
            long node = nodes.pop();
            if (!seen.add(node) || seen.size() > MOST) {
                throw Hdf5Exception.corrupt("a tree that comes back to itself, or without end", node);
            }
            if (file.read(node, 4).get() == 'S') {
                symbols(node, names);
            } else {
                children(node).forEach(nodes::push);
            }
        }
    }

    private List<Long> children(long node) throws IOException, Hdf5Exception {
        ByteBuffer start = file.read("TREE", node, 8);
        if (start.get() != 0) {
            throw Hdf5Exception.corrupt("a tree that is not of a group", node);
        }
        start.get();
        int count = start.getShort() & 0xFFFF;
        int entry = file.lengthSize() + file.offsetSize();
        ByteBuffer entries = file.read(node + 8 + 2L * file.offsetSize(), (long) count * entry);
        List<Long> children = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            file.length(entries);
            children.add(file.offset(entries));
        }
        return children;
    }

    private void symbols(long node, long names) throws IOException, Hdf5Exception {
        int count = file.read("SNOD", node, 8).getShort(6) & 0xFFFF;
        int entry = 2 * file.offsetSize() + 24;
        for (int i = 0; i < count; i++) {
            ByteBuffer bytes = file.read(node + 8 + (long) i * entry, entry);
            long name = file.offset(bytes);
            long address = file.offset(bytes);
            boolean soft = bytes.getInt() == 2;
            add(Link.hard(file.text(names + name, MOST_NAME), soft ? -1 : address));
        }
    }

    private void add(Link link) throws Hdf5Exception {
        if (links.size() == MOST) {
            throw Hdf5Exception.limit("a group with more than " + MOST + " members");
        }
        links.add(link);
    }
}
