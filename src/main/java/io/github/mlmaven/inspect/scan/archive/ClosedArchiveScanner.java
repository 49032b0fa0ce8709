package io.github.mlmaven.inspect.scan.archive;

import io.github.mlmaven.finding.Finding;
import io.github.mlmaven.finding.FindingId;
import io.github.mlmaven.inspect.scan.Content;
import io.github.mlmaven.inspect.scan.FormatScanner;
import io.github.mlmaven.inspect.scan.Kind;
import io.github.mlmaven.inspect.scan.Scan;
import io.github.mlmaven.inspect.scan.ScanResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Archives and compressed files that cannot be looked into here. */
public final class ClosedArchiveScanner implements FormatScanner {

    private static final int HEAD = 32;
    private static final int ISO_MAGIC = 32_769;

    private enum Closed {
        RAR("a RAR archive", 0, "Rar!\u001a\u0007"),
        AR("an ar archive", 0, "!<arch>\n"),
        THIN_AR("an ar archive", 0, "!<thin>\n"),
        CAB("a Windows cabinet", 0, "MSCF\0\0\0\0"),
        ACE("an ACE archive", 7, "**ACE**"),
        XAR("a xar archive", 0, "xar!\0"),
        WIM("a Windows image", 0, "MSWIM\0\0\0"),
        ZSTANDARD("a Zstandard file", 0, "(\u00b5/\u00fd"),
        LZ4_LEGACY("an LZ4 file of the old format", 0, "\u0002!L\u0018"),
        LZIP("an lzip file", 0, "LZIP\u0001"),
        LZOP("an lzop file", 0, "\u0089LZO\0\r\n\u001a\n"),
        ISO("a disk image (ISO 9660)", ISO_MAGIC, "CD001"),
        CPIO("a cpio archive", 0, "0707") {
            @Override
            boolean matches(byte[] head) {
                String text = new String(head, StandardCharsets.ISO_8859_1);
                return text.matches("(?s)07070[12][0-9A-Fa-f]{26}.*|070707[0-7]{26}.*");
            }
        },
        ARJ("an ARJ archive", 0, "`\u00ea") {
            @Override
            boolean matches(byte[] head) {
                int size = head.length < HEAD ? 0 : Little.u16(head, 2);
                return super.matches(head) && size >= 30 && size <= 2600 && head[4] >= 30 && head[10] == 2;
            }
        },
        SQUASHFS("a disk image (SquashFS)", 0, "hsqs") {
            @Override
            boolean matches(byte[] head) {
                return super.matches(head) && head.length >= HEAD && Little.u16(head, 28) == 4;
            }
        },
        COMPRESS("a file of Unix compress", 0, "\u001f\u009d") {
            @Override
            boolean matches(byte[] head) {
                int bits = head.length < 4 ? 0 : head[2] & 0x7F;
                return super.matches(head) && bits >= 9 && bits <= 16;
            }
        },
        LHA("an LHA archive", 2, "-l") {
            @Override
            boolean matches(byte[] head) {
                return super.matches(head)
                        && head.length >= 7
                        && head[4] >= 'a'
                        && head[4] <= 'z'
                        && head[6] == '-'
                        && head[0] != 0
                        && head[1] != 0;
            }
        },
        /** Zstandard and LZ4 may both begin so (RFC 8878, 3.1.2). */
        SKIPPABLE("a Zstandard or LZ4 file", 1, "*M\u0018") {
            @Override
            boolean matches(byte[] head) {
                return super.matches(head) && (head[0] & 0xF0) == 0x50;
            }
        };

        private final String format;
        private final int at;
        private final String magic;

        Closed(String format, int at, String magic) {
            this.format = format;
            this.at = at;
            this.magic = magic;
        }

        boolean matches(byte[] head) {
            return head.length >= at + magic.length()
                    && magic.equals(new String(head, at, magic.length(), StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public Optional<ScanResult> scan(Content content, Scan scan) throws IOException {
        byte[] head = content.head(HEAD);
        boolean isIso = content.size() >= ISO_MAGIC + 5
                && Closed.ISO.magic.equals(new String(content.read(ISO_MAGIC, 5), StandardCharsets.ISO_8859_1));
        return Arrays.stream(Closed.values())
                .filter(closed -> closed == Closed.ISO ? isIso : closed.matches(head))
                .findFirst()
                .map(closed -> result(content, closed));
    }

    private static ScanResult result(Content content, Closed closed) {
        return ScanResult.of(
                content,
                Kind.UNKNOWN,
                closed.format,
                List.of(Finding.of(
                        FindingId.SAFE_ARCHIVE,
                        content.place(),
                        "it cannot be looked into",
                        "a zip, tar or 7z archive, or a file compressed by gzip, zlib, bzip2, xz, LZMA, LZ4 or Snappy",
                        closed.format,
                        Problems.UNPACK)));
    }
}
