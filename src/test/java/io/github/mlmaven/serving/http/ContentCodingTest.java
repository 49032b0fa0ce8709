package io.github.mlmaven.serving.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.TensorFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentCodingTest {

    private static final byte[] TEXT = "the content ".repeat(2000).getBytes(UTF_8);

    @ParameterizedTest
    @EnumSource
    void whatIsCompressedIsDecompressed(ContentCoding coding) throws Exception {
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        for (byte[] content : new byte[][] {TEXT, noise, new byte[0]}) {
            assertThat(decode(coding, encode(coding, content))).isEqualTo(content);
        }
        assertThat(encode(coding, TEXT)).hasSizeLessThan(TEXT.length / 10);
    }

    @Test
    void theStandardLibraryReadsWhatIsCompressed() throws Exception {
        assertThat(new GZIPInputStream(new ByteArrayInputStream(encode(ContentCoding.GZIP, TEXT))).readAllBytes())
                .isEqualTo(TEXT);
        assertThat(new InflaterInputStream(new ByteArrayInputStream(encode(ContentCoding.DEFLATE, TEXT)))
                        .readAllBytes())
                .isEqualTo(TEXT);
    }

    @Test
    void membersOfGzipFollowOneAnother() throws Exception {
        byte[] member = encode(ContentCoding.GZIP, "ab".getBytes(UTF_8));
        assertThat(decode(ContentCoding.GZIP, joined(member, member))).isEqualTo("abab".getBytes(UTF_8));
    }

    @Test
    void aHeaderOfGzipMayHaveEveryField() throws Exception {
        byte[] plain = encode(ContentCoding.GZIP, TEXT);
        byte[] fixed = HexFormat.of().parseHex("1f8b081e000000000003");
        byte[] fields = HexFormat.of().parseHex("0300" + "010203" + "6e616d6500" + "00");
        CRC32 checksum = new CRC32();
        checksum.update(fixed);
        checksum.update(fields);
        byte[] sum = {(byte) checksum.getValue(), (byte) (checksum.getValue() >> 8)};
        byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
        assertThat(decode(ContentCoding.GZIP, joined(fixed, fields, sum, rest))).isEqualTo(TEXT);
        sum[0]++;
        assertThatThrownBy(() -> decode(ContentCoding.GZIP, joined(fixed, fields, sum, rest)))
                .hasMessage("Content-Encoding gzip: the checksum of the header is wrong");
    }

    /** Each of {@code gzip("a")}: 1f8b0800 00000000 00ff 4b0400 43beb7e8 01000000, with something wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GZIP    | '' | expected a stream that begins with the bytes 1f 8b",
                "GZIP    | 7b7d | expected a stream that begins with the bytes 1f 8b",
                "GZIP    | 1f8b | the stream ends early, after 2 bytes",
                "GZIP    | 1f8b0800000000 | the stream ends early, after 7 bytes",
                "GZIP    | 1f8b07000000000000ff | expected compression method 8 and no reserved flags, found method 7,"
                        + " flags 0",
                "GZIP    | 1f8b08200000000000ff | expected compression method 8 and no reserved flags, found method 8,"
                        + " flags 32",
                "GZIP    | 1f8b08040000000000ffffff | the stream ends early, after 12 bytes",
                "GZIP    | 1f8b08080000000000ff6162 | the stream ends early, after 12 bytes",
                "GZIP    | 1f8b08000000000000ff4b | the stream ends early, after 11 bytes",
                "GZIP    | 1f8b08000000000000ff4b040043beb7e8010000 | the stream ends early, after 20 bytes",
                "GZIP    | 1f8b08000000000000ff4b040043beb7e90100000000 | the checksum or the length of the content is"
                        + " wrong",
                "GZIP    | 1f8b08000000000000ff4b040043beb7e802000000 | the checksum or the length of the content is"
                        + " wrong",
                "GZIP    | 1f8b08000000000000ff4b040043beb7e80100000000 | 1 bytes follow the stream",
                "GZIP    | 1f8b08000000000000ff4b040043beb7e801000000616263 | 3 bytes follow the stream",
                "GZIP    | 1f8b08000000000000ff07 | the stream is broken at byte 11: invalid block type",
                "DEFLATE | '' | the stream ends early, after 0 bytes",
                "DEFLATE | 789c4b040000620062 | ''",
                "DEFLATE | 789c4b0400006200 | the stream ends early, after 8 bytes",
                "DEFLATE | 789c4b04000062006300 | the stream is broken at byte 9: incorrect data check",
                "DEFLATE | 789c4b04000062006200 | 1 bytes follow the stream",
                "DEFLATE | 4b0400 | the stream is broken at byte 2: incorrect header check",
                "DEFLATE | 78bb00000001 | the stream needs a dictionary",
            })
    void aBrokenStreamIsNamed(ContentCoding coding, String hex, String why) throws Exception {
        byte[] stream = HexFormat.of().parseHex(hex);
        if (why.isEmpty()) {
            assertThat(decode(coding, stream)).isEqualTo("a".getBytes(UTF_8));
            return;
        }
        assertThatThrownBy(() -> decode(coding, stream))
                .isInstanceOf(TensorFormatException.class)
                .hasMessage("Content-Encoding " + coding.token() + ": " + why);
    }

    @Test
    void aBombIsStoppedWhenTheContentTakesNoMore() throws Exception {
        byte[] bomb = encode(ContentCoding.GZIP, new byte[50_000_000]);
        long[] taken = new long[1];
        boolean whole = ContentCoding.GZIP.decode(ByteBuffer.wrap(bomb), (part, length) -> {
            taken[0] += length;
            return taken[0] < 100_000;
        });
        assertThat(whole).isFalse();
        assertThat(taken[0]).isLessThan(110_000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | GZIP",
                "x-gzip | GZIP",
                "deflate | DEFLATE",
                "deflate, gzip, br, zstd | GZIP",
                "gzip;q=0.5, deflate;q=0.8 | DEFLATE",
                "GZIP ; Q=0.001 | GZIP",
                "* | GZIP",
                "gzip;q=0, * | DEFLATE",
                "*;q=0 | ''",
                "gzip;q=0 | ''",
                "gzip;q=2 | ''",
                "gzip;q= | ''",
                "br | ''",
                "identity | ''",
                "identity, gzip;q=0.5 | ''",
                "identity;q=0.5, gzip | GZIP",
                "'' | ''",
                ",;, | ''",
            })
    void theClientChooses(String header, String coding) {
        assertThat(AcceptEncoding.preferred(header).map(Enum::name).orElse("")).isEqualTo(coding);
    }

    private static byte[] decode(ContentCoding coding, byte[] compressed) throws TensorFormatException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        boolean whole = coding.decode(ByteBuffer.wrap(compressed), (part, length) -> {
            content.write(part, 0, length);
            return true;
        });
        assertThat(whole).isTrue();
        return content.toByteArray();
    }

    private static byte[] encode(ContentCoding coding, byte[] content) {
        ByteBuffer encoded = coding.encode(ByteBuffer.wrap(content), ElementMemory.HEAP);
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
