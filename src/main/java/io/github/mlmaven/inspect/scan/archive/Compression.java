package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.inspect.scan.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.SingleXZInputStream;

/** How a single file is compressed, with or without a reason to believe its first bytes. */
enum Compression {
    GZIP("gzip", ".gz", true) {
        @Override
        boolean matches(byte[] head) {
            return starts(head, "\u001f\u008b\b");
        }

        @Override
        Member open(Content content, long at) throws IOException {
            return new GzipMember(content, at);
        }
    },
    BZIP2("bzip2", ".bz2", true) {
        @Override
        boolean matches(byte[] head) {
            return starts(head, "BZh")
                    && head.length >= 10
                    && head[3] >= '1'
                    && head[3] <= '9'
                    && (is(head, 4, "1AY&SY") || is(head, 4, "\u0017rE8P\u0090"));
        }

        @Override
        Member open(Content content, long at) throws IOException {
            return new DecodedMember(content, at, BZip2CompressorInputStream::new);
        }
    },
    XZ("xz", ".xz", true) {
        @Override
        boolean matches(byte[] head) {
            return starts(head, "\u00fd7zXZ\0");
        }

        @Override
        Member open(Content content, long at) throws IOException {
            return new DecodedMember(content, at, in -> new SingleXZInputStream(in, UnpackedStream.MEMORY));
        }
    },
    LZ4("LZ4", ".lz4", true) {
        @Override
        boolean matches(byte[] head) {
            return starts(head, "\u0004\"M\u0018");
        }

        @Override
        Member open(Content content, long at) throws IOException {
            return new DecodedMember(content, at, FramedLZ4CompressorInputStream::new);
        }
    },
    SNAPPY("Snappy", ".sz", true) {
        @Override
        boolean matches(byte[] head) {
            return starts(head, "\u00ff\u0006\0\0sNaPpY");
        }

        @Override
        Member open(Content content, long at) throws IOException {
            return new DecodedMember(content, at, FramedSnappyCompressorInputStream::new);
        }
    },
    /** As joblib writes it: the bytes of RFC 1950, 2.2, of which "x^" might be text. */
    ZLIB("zlib", ".z", false) {
        @Override
        boolean matches(byte[] head) {
            return isZlib(head, 0);
        }

        @Override
        Member open(Content content, long at) throws IOException {
            return new InflatedMember(content, at, false);
        }
    },
    /** As joblib before 0.10 wrote it, and still reads it: "ZF", the size in 19 characters, zlib. */
    ZFILE("zlib, by an old joblib", ".z", false) {
        @Override
        boolean matches(byte[] head) {
            return starts(head, "ZF0x") && (isZlib(head, 21) || isZlib(head, 22));
        }

        @Override
        Member open(Content content, long at) throws IOException {
            return new InflatedMember(content, at + (isZlib(content.head(HEAD), 21) ? 21 : 22), false);
        }
    },
    /** Without a magic: properties, a dictionary's size that encoders choose, and a size that is none or a file's. */
    LZMA("LZMA", ".lzma", false) {
        @Override
        boolean matches(byte[] head) {
            if (head.length < 18 || (head[0] & 0xFF) >= 225 || head[13] != 0) {
                return false;
            }
            long dictionary = Little.u32(head, 1);
            long size = Little.i64(head, 5);
            long power = Long.highestOneBit(dictionary);
            return dictionary >= 1 << 12
                    && (dictionary == power || dictionary == power + power / 2)
                    && (size == -1 || (size >= 0 && size < 1L << 38));
        }

        @Override
        Member open(Content content, long at) throws IOException {
            return new DecodedMember(content, at, in -> new LZMAInputStream(in, UnpackedStream.MEMORY));
        }
    };

    /** So many bytes tell. */
    static final int HEAD = 32;

    private final String title;
    private final String extension;
    private final boolean certain;

    Compression(String title, String extension, boolean certain) {
        this.title = title;
        this.extension = extension;
        this.certain = certain;
    }

    abstract boolean matches(byte[] head);

    abstract Member open(Content content, long at) throws IOException;

    static Optional<Compression> of(byte[] head) {
        return Arrays.stream(values())
                .filter(compression -> compression.matches(head))
                .findFirst();
    }

    /** All of a content: those that are written one after the other are read as one. */
    UnpackedStream unpack(Content content) {
        return new UnpackedStream(at -> {
            boolean another = at == 0 || (this != ZFILE && this != LZMA && matches(headAt(content, at)));
            return another ? Optional.of(open(content, at)) : Optional.empty();
        });
    }

    private static byte[] headAt(Content content, long at) throws IOException {
        return content.read(at, (int) Math.min(HEAD, content.size() - at));
    }

    String title() {
        return title;
    }

    /** Whether its first bytes are enough to say that nothing else starts so. */
    boolean isCertain() {
        return certain;
    }

    /** What the compressed file is called inside. */
    String nameWithin(String name) {
        boolean ends = name.length() > extension.length() && name.endsWith(extension);
        return ends ? name.substring(0, name.length() - extension.length()) : "content";
    }

    private static boolean isZlib(byte[] head, int at) {
        return is(head, at, "x\u0001") || is(head, at, "x^") || is(head, at, "x\u009c") || is(head, at, "x\u00da");
    }

    private static boolean starts(byte[] head, String magic) {
        return is(head, 0, magic);
    }

    private static boolean is(byte[] head, int at, String magic) {
        byte[] expected = magic.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= at + expected.length
                && Arrays.equals(head, at, at + expected.length, expected, 0, expected.length);
    }
}
