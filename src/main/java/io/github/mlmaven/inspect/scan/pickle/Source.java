package io.github.mlmaven.inspect.scan.pickle;

import io.github.mlmaven.inspect.scan.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Bytes that pickles are read from: a content, or a string that was within one. */
interface Source {

    /** In bytes. */
    long size();

    /** From a byte of it to its last. */
    InputStream open(long at) throws IOException;

    /** What lies within it. */
    Source part(long from, long length);

    /** All of a content. */
    static Source of(Content content) {
        return new OfContent(content);
    }

    /** Bytes that are in memory; they are not copied. */
    static Source of(byte[] bytes) {
        return new OfBytes(bytes);
    }

    /** On disk. */
    record OfContent(Content content) implements Source {
        @Override
        public long size() {
            return content.size();
        }

        @Override
        public InputStream open(long at) throws IOException {
            return content.open(at);
        }

        @Override
        public Source part(long from, long length) {
            return new OfContent(content.part("pickle", from, length));
        }
    }

    /** In memory. */
    final class OfBytes implements Source {
        private final byte[] bytes;

        private OfBytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open(long at) {
            return new ByteArrayInputStream(bytes, (int) at, bytes.length - (int) at);
        }

        @Override
        public Source part(long from, long length) {
            return new OfBytes(Arrays.copyOfRange(bytes, (int) from, (int) (from + length)));
        }
    }
}
