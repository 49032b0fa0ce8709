package io.github.mlmaven.image.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeasuredTest {

    private static final int PART = 1 << 20;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 2 * PART, 3 * PART + 7, 9 * PART + 100_001})
    void manyBytesHaveTheDigestThatTheyHaveInOnePart(int size) throws IOException {
        Random random = new Random(size);
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        ByteArrayOutputStream handedOn = new ByteArrayOutputStream();

        Measured measured = Measured.tee(
                out -> {
                    int written = 0;
                    while (written < size) {
                        int count = Math.min(size - written, 1 + random.nextInt(3 * PART / 2));
                        out.write(bytes, written, count);
                        written += count;
                    }
                },
                handedOn);

        assertThat(measured.digest().hex()).isEqualTo(DigestUtils.sha256Hex(bytes));
        assertThat(measured.size()).isEqualTo(size);
        assertThat(handedOn.toByteArray()).isEqualTo(bytes);
    }
}
