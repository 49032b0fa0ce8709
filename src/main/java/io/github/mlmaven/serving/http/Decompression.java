package io.github.mlmaven.serving.http;

import io.github.mlmaven.model.json.TensorFormatException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Decompresses one body: a zlib stream (RFC 1950), or the members of gzip (RFC 1952) one after another. */
final class Decompression implements AutoCloseable {

    private static final int MAGIC = 0x8B1F;
    private static final int DEFLATED = 8;
    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private final ContentCoding coding;
    private final ByteBuffer in;
    private final int start;
    private final ContentCoding.Content content;
    private final Inflater inflater;
    private final CRC32 checksum = new CRC32();
    private final byte[] part = new byte[8192];

    Decompression(ContentCoding coding, ByteBuffer compressed, ContentCoding.Content content) {
        this.coding = coding;
        this.in = compressed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.start = in.position();
        this.content = content;
        this.inflater = new Inflater(coding == ContentCoding.GZIP);
    }

    boolean run() throws TensorFormatException {
        try {
            if (coding == ContentCoding.DEFLATE) {
                boolean taken = inflate();
                if (taken && in.hasRemaining()) {
                    throw broken(in.remaining() + " bytes follow the stream");
                }
                return taken;
            }
            do {
                header();
                if (!inflate()) {
                    return false;
                }
                trailer();
                inflater.reset();
                checksum.reset();
            } while (in.hasRemaining());
            return true;
        } catch (BufferUnderflowException e) {
            throw endsEarly();
        } catch (DataFormatException e) {
            throw broken("the stream is broken at byte " + (in.position() - start) + ": " + e.getMessage());
        }
    }

    private boolean inflate() throws DataFormatException, TensorFormatException {
        inflater.setInput(in);
        while (!inflater.finished()) {
            int length = inflater.inflate(part);
            if (length == 0 && inflater.needsDictionary()) {
                throw broken("the stream needs a dictionary");
            }
            if (length == 0 && inflater.needsInput() && !inflater.finished()) {
                throw endsEarly();
            }
            checksum.update(part, 0, length);
            if (length > 0 && !content.append(part, length)) {
                return false;
            }
        }
        return true;
    }

    private void header() throws TensorFormatException {
        int at = in.position();
        boolean magic = in.remaining() >= Short.BYTES && Short.toUnsignedInt(in.getShort(at)) == MAGIC;
        if (!magic) {
            throw broken(
                    at == start
                            ? "expected a stream that begins with the bytes 1f 8b"
                            : in.remaining() + " bytes follow the stream");
        }
        skip(Short.BYTES);
        int method = in.get();
        int flags = Byte.toUnsignedInt(in.get());
        if (method != DEFLATED || (flags & RESERVED) != 0) {
            throw broken(
                    "expected compression method 8 and no reserved flags, found method " + method + ", flags " + flags);
        }
        skip(6); // time, extra flags, operating system
        if ((flags & EXTRA) != 0) {
            skip(Short.toUnsignedInt(in.getShort()));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            checksum.update(in.slice(at, in.position() - at));
            if (in.getShort() != (short) checksum.getValue()) {
                throw broken("the checksum of the header is wrong");
            }
            checksum.reset();
        }
    }

    private void skip(int bytes) {
        if (bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + bytes);
    }

    private void skipText() {
        while (in.get() != 0) {
            // A name or a comment, of no use here.
        }
    }

    private void trailer() throws TensorFormatException {
        int sum = in.getInt();
        int length = in.getInt();
        if (sum != (int) checksum.getValue() || length != (int) inflater.getBytesWritten()) {
            throw broken("the checksum or the length of the content is wrong");
        }
    }

    private TensorFormatException endsEarly() {
        return broken("the stream ends early, after " + (in.limit() - start) + " bytes");
    }

    private TensorFormatException broken(String why) {
        return new TensorFormatException("Content-Encoding " + coding.token() + ": " + why);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
