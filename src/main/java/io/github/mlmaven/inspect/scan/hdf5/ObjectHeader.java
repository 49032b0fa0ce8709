package io.github.mlmaven.inspect.scan.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The header of a group, data set or type: its messages, which may go on in other places of the file.
 *
 * @see <a href="https://docs.hdfgroup.org/documentation/hdf5/latest/_f_m_t3.html">HDF5 File Format Specification,
 *     section IV.A</a>
 */
record ObjectHeader(List<Message> messages) {

    private static final int MOST_MESSAGES = 20_000;
    private static final int MOST_BLOCKS = 500;
    private static final int MOST_BYTES = 16 << 20;

    ObjectHeader {
        messages = List.copyOf(messages);
    }

    Optional<Message> first(int type) {
        return messages.stream().filter(message -> message.type() == type).findFirst();
    }

    static ObjectHeader read(Hdf5Bytes file, long address) throws IOException, Hdf5Exception {
        return new ObjectHeader(new Reading(file).read(address));
    }

    private record Block(long address, long size) {}

    private static final class Reading {
        private final Hdf5Bytes file;
        private final List<Message> messages = new ArrayList<>();
        private final Deque<Block> blocks = new ArrayDeque<>();
        private final Set<Long> seen = new HashSet<>();
        private long bytes;
        private boolean second;
        private boolean ordered;

        Reading(Hdf5Bytes file) {
            this.file = file;
        }

        List<Message> read(long address) throws IOException, Hdf5Exception {
            second = file.read(address, 1).get() == 'O';
            if (second) {
                startOfSecond(address);
            } else {
                ByteBuffer start = file.read(address, 16);
                if (start.get(0) != 1) {
                    throw Hdf5Exception.corrupt("no header of an object", address);
                }
                blocks.add(new Block(address + 16, Integer.toUnsignedLong(start.getInt(8))));
            }
            while (!blocks.isEmpty()) {
                Block block = blocks.remove();
                bytes += block.size;
                if (!seen.add(block.address) || seen.size() > MOST_BLOCKS || bytes > MOST_BYTES) {
                    throw Hdf5Exception.limit("an object whose header goes on without end");
                }
                messages(file.read(block.address, block.size));
            }
            return messages;
        }

        private void startOfSecond(long address) throws IOException, Hdf5Exception {
            ByteBuffer start = file.read("OHDR", address, 6);
            start.get();
            int flags = start.get();
            ordered = (flags & 4) != 0;
            long at = address + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
            int width = 1 << (flags & 3);
            blocks.add(new Block(at + width, Hdf5Bytes.number(file.read(at, width), width)));
        }

        private void messages(ByteBuffer block) throws IOException, Hdf5Exception {
            int header = second ? (ordered ? 6 : 4) : 8;
            while (block.remaining() >= header) {
                int type = second ? block.get() & 0xFF : block.getShort() & 0xFFFF;
                int size = block.getShort() & 0xFFFF;
                int flags = block.get();
                block.position(block.position() + (second ? (ordered ? 2 : 0) : 3));
                if (size > block.remaining()) {
                    throw Hdf5Exception.corrupt(
                            "a message of " + size + " bytes in " + block.remaining(), block.position());
                }
                Message message = new Message(type, (flags & 2) != 0, block.slice(block.position(), size));
                block.position(block.position() + size);
                if (messages.size() == MOST_MESSAGES) {
                    throw Hdf5Exception.limit("an object with more than " + MOST_MESSAGES + " messages");
                }
                if (type == Message.CONTINUATION) {
                    continueAt(message.bytes());
                } else if (type != 0) {
                    messages.add(message);
                }
            }
        }

        private void continueAt(ByteBuffer message) throws IOException, Hdf5Exception {
            long address = file.offset(message);
            long size = file.length(message);
            if (!second) {
                blocks.add(new Block(address, size));
                return;
            }
            file.read("OCHK", address, 4);
            // The letters before, the checksum behind.
            blocks.add(new Block(address + 4, size - 8));
        }
    }
}
