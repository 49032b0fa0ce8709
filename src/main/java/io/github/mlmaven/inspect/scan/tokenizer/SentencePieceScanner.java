package io.github.mlmaven.inspect.scan.tokenizer;

import static io.github.mlmaven.inspect.scan.read.MalformedException.corrupt;

import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import io.github.mlmaven.inspect.scan.read.ByteReader;
import io.github.mlmaven.inspect.scan.read.MalformedException;
import java.io.IOException;
import java.util.Optional;

/**
 * Recognises SentencePiece vocabularies, {@code ModelProto} of sentencepiece_model.proto. They have no magic: only what
 * is one to its last byte counts.
 */
public final class SentencePieceScanner implements FormatScanner {

    private static final int MAX_PIECE = 65_536;
    private static final int LENGTH_DELIMITED = 2;

    /** The tag of {@code pieces}, which come first. */
    private static final int FIRST = 1 << 3 | LENGTH_DELIMITED;

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        byte[] head = content.head(1);
        if (head.length == 0 || head[0] != FIRST) {
            return Optional.empty();
        }
        try {
            long pieces = read(new ByteReader(content));
            return Optional.of(ScanResult.of(content, Kind.DATA, "a SentencePiece vocabulary, " + pieces + " pieces"));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static long read(ByteReader in) throws IOException, MalformedException {
        long pieces = 0;
        boolean trained = false;
        while (in.left() > 0) {
            long tag = in.varint();
            long length = in.varint();
            if ((tag & 7) != LENGTH_DELIMITED || length < 0 || length > in.left()) {
                throw other();
            }
            int field = (int) Math.min(tag >>> 3, 100);
            if (field == 1) {
                readPiece(in, length);
                pieces++;
            } else if (field >= 2 && field <= 5) {
                // The specs of trainer, normalizer and denormalizer, and data for a self test.
                trained |= field == 2 || field == 3;
                in.skip(length);
            } else {
                throw other();
            }
        }
        if (pieces == 0 || !trained) {
            throw other();
        }
        return pieces;
    }

    /** A piece: its text, its score, its type. */
    private static void readPiece(ByteReader in, long length) throws IOException, MalformedException {
        long end = in.position() + length;
        boolean text = false;
        while (in.position() < end) {
            switch ((int) in.varint()) {
                case 0x0a -> {
                    long size = in.varint();
                    if (size < 0 || size > MAX_PIECE) {
                        throw other();
                    }
                    in.text((int) size);
                    text = true;
                }
                case 0x15 -> in.skip(4);
                case 0x18 -> in.varint();
                default -> throw other();
            }
        }
        if (!text || in.position() != end) {
            throw other();
        }
    }

    private static MalformedException other() {
        return corrupt("it is no vocabulary", "a vocabulary", "something else");
    }
}
