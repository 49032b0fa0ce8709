package io.github.mlmaven.serving.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mlmaven.model.Tensor;
import io.github.mlmaven.model.json.BinaryElements;
import io.github.mlmaven.model.json.ElementMemory;
import io.github.mlmaven.model.json.JsonText;
import io.github.mlmaven.model.json.NotPlainException;
import io.github.mlmaven.model.json.TensorFormatException;
import java.util.Locale;
import java.util.Random;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the fast path reads is what the parser reads, and what it does not read it leaves to the parser. */
class PlainRequestTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1,2.5]}]}",
                " { \"inputs\" :\n[ {\"shape\" : [ 1 , 2 ] ,\"datatype\": \"INT64\", \"data\" : [ [ 1 , -2 ] ] ,"
                        + "\t\"name\":\"x\" } ] } \r\n",
                "{\"id\":\"a\\u0020\",\"inputs\":[{\"name\":\"x\",\"shape\":[],\"datatype\":\"INT8\",\"data\":[7]},"
                        + "{\"name\":\"y\",\"shape\":[2,0],\"datatype\":\"FP64\",\"data\":[[],[]]}]}",
                "{\"id\":null,\"parameters\":{\"binary_data_output\":true,\"a\":[{\"b\":\"]\"}]},\"inputs\":["
                        + "{\"name\":\"x\",\"shape\":[0,3],\"datatype\":\"UINT16\",\"data\":[]}],"
                        + "\"outputs\":[{\"name\":\"y\",\"parameters\":{\"binary_data\":false}}],\"more\":-1.5e3}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2,2],\"datatype\":\"UINT32\","
                        + "\"data\":[[[0,4294967295],[1,2]]]}]}",
            })
    void plainRequestsAreReadAsTheParserReadsThem(String json) throws Exception {
        assertSame(plain(json), parsed(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{\"inputs\":[]}",
                "{\"inputs\":[{}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]}}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}],}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}],\"id\":1}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}],\"p\":{]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}],\"p\":tru}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}],\"inputs\":[]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1],\"shape\":[2]}]}",
                "{\"inputs\":[{\"data\":[1],\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\"}]}",
                "{\"inputs\":[{\"name\":\"\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"\\u0078\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"ä\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[01],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[-1],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1.0],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[999999999999999999],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[4294967296,4294967296],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"INT8\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1,2]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,1],\"datatype\":\"INT8\",\"data\":[[1]]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"INT8\",\"data\":[[1],[2]]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[[1]]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT9\",\"data\":[1]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"BOOL\",\"data\":[true]}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1],\"parameters\":{}}]}",
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]},"
                        + "{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT8\",\"data\":[1]}]}",
            })
    void theRestIsLeftToTheParser(String json) {
        assertThatThrownBy(() -> plain(json)).isInstanceOf(NotPlainException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "-",
                "+1",
                ".5",
                "1.",
                "1.e5",
                "1e",
                "1e+",
                "--1",
                "1-",
                "0x1",
                "1_0",
                "NaN",
                "null",
                "\"1\"",
                "1 2",
                "1e39",
                "-3.5e38",
                "1e999999999999",
                "1.5.2",
                "١"
            })
    void whatIsNoNumberOfFp32IsLeftToTheParser(String number) {
        assertThatThrownBy(() -> plain(request("FP32", number))).isInstanceOf(NotPlainException.class);
        assertThatThrownBy(() -> parsed(request("FP32", number))).isInstanceOf(TensorFormatException.class);
    }

    @Test
    void numbersAreRoundedAsTheParserRoundsThem() throws Exception {
        Random random = new Random(1);
        StringJoiner numbers = new StringJoiner(",");
        for (String fixed : new String[] {
            "0",
            "-0",
            "0.0",
            "-0.0",
            "-0e5",
            "0e-99",
            "16777217",
            "16777216.5",
            "33554431",
            "1.00000005960464477539",
            "1.000000059604644775390625",
            "1.000000059604644775390626",
            "1.401298464324817e-45",
            "7.006492321624085e-46",
            "7.0064923216240853e-46",
            "7.0064923216240854e-46",
            "1.17549435E-38",
            "3.4028235e38",
            "9007199254740993",
            "9007199254740992",
            "123456789012345678",
            "1234567890123456789",
            "123456789012345678901234567890",
            "1e22",
            "1e23",
            "1e-22",
            "1e-23",
            "8.5e-45",
            "0.3",
            "1E5",
            "1e+5",
            "1e-05",
            "0.000000000000000000000000001"
        }) {
            numbers.add(fixed);
        }
        for (int i = 0; i < 60_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                numbers.add(Float.toString(value)).add(Double.toString(value));
            }
            double wide = (float) random.nextGaussian();
            numbers.add(Double.toString(wide)).add(Double.toString(wide + random.nextDouble()));
            numbers.add(String.format(Locale.ROOT, "%." + i % 20 + "f", random.nextGaussian() * 1000));
            // Halfway between two floats, and beside it.
            double half = ((double) value + Math.nextUp(value)) / 2;
            if (Math.abs(half) < 3e38) {
                numbers.add(Double.toString(half)).add(Double.toString(Math.nextUp(half)));
            }
        }
        for (String datatype : new String[] {"FP32", "FP64"}) {
            String json = request(datatype, numbers.toString());
            assertSame(plain(json), parsed(json));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT8", "INT16", "INT32", "INT64", "UINT8", "UINT16", "UINT32"})
    void integersAreThoseOfTheParser(String datatype) throws Exception {
        int bits = Integer.parseInt(datatype.replaceAll("\\D", ""));
        long max = (datatype.startsWith("U") ? 1L << bits : 1L << (bits - 1)) - 1;
        long min = datatype.startsWith("U") ? 0 : -max - 1;
        if (bits < 64) {
            String json = request(datatype, min + ",0,-0,7," + max);
            assertSame(plain(json), parsed(json));
            assertThatThrownBy(() -> plain(request(datatype, "" + (max + 1)))).isInstanceOf(NotPlainException.class);
            assertThatThrownBy(() -> plain(request(datatype, "" + (min - 1)))).isInstanceOf(NotPlainException.class);
        }
        assertThatThrownBy(() -> plain(request(datatype, "1.0"))).isInstanceOf(NotPlainException.class);
        assertThatThrownBy(() -> plain(request(datatype, "1e1"))).isInstanceOf(NotPlainException.class);
        String large = request("INT64", min + "," + max);
        assertSame(InferenceDocuments.json(JsonText.of(large.getBytes(UTF_8)), ElementMemory.HEAP), parsed(large));
    }

    /** Mutations of good requests: the fast path accepts nothing that the parser refuses, or reads otherwise. */
    @Test
    void whatTheFastPathAcceptsTheParserAcceptsToo() throws Exception {
        String good = "{\"id\":\"1\",\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\","
                + "\"data\":[[1.5,-2e3],[0.25,7]]}],\"outputs\":[{\"name\":\"y\"}],\"parameters\":{\"a\":1}}";
        String alphabet = "{}[]\",:0123456789.-+eE \ntruefalsn\\x\u0000ä";
        Random random = new Random(2);
        int accepted = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder mutated = new StringBuilder(good);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = random.nextInt(mutated.length());
                char with = alphabet.charAt(random.nextInt(alphabet.length()));
                switch (random.nextInt(3)) {
                    case 0 -> mutated.setCharAt(at, with);
                    case 1 -> mutated.deleteCharAt(at);
                    default -> mutated.insert(at, with);
                }
            }
            String json = mutated.toString();
            try {
                OpenInferenceRequest found = plain(json);
                accepted++;
                assertSame(found, parsed(json));
            } catch (NotPlainException e) {
                continue;
            }
        }
        assertThat(accepted).isGreaterThan(10_000);
    }

    private static String request(String datatype, String numbers) {
        return "{\"inputs\":[{\"name\":\"x\",\"shape\":[" + numbers.split(",").length + "],\"datatype\":\"" + datatype
                + "\",\"data\":[" + numbers + "]}]}";
    }

    private static OpenInferenceRequest plain(String json) throws NotPlainException {
        return new RequestReader(ElementMemory.HEAP, BinaryElements.NONE).readPlain(JsonText.of(json.getBytes(UTF_8)));
    }

    private static OpenInferenceRequest parsed(String json) throws TensorFormatException {
        return new RequestReader(ElementMemory.HEAP, BinaryElements.NONE).read(JsonText.of(json.getBytes(UTF_8)));
    }

    private static void assertSame(OpenInferenceRequest found, OpenInferenceRequest expected) {
        assertThat(found.binary()).isEqualTo(expected.binary());
        assertThat(found.request().id()).isEqualTo(expected.request().id());
        assertThat(found.request().outputs()).isEqualTo(expected.request().outputs());
        assertThat(found.request().inputs()).hasSameSizeAs(expected.request().inputs());
        for (int i = 0; i < expected.request().inputs().size(); i++) {
            Tensor tensor = found.request().inputs().get(i);
            Tensor wanted = expected.request().inputs().get(i);
            assertThat(tensor.name()).isEqualTo(wanted.name());
            assertThat(tensor.datatype()).isEqualTo(wanted.datatype());
            assertThat(tensor.shape()).isEqualTo(wanted.shape());
            assertThat(tensor.data()).isEqualTo(wanted.data());
        }
    }
}
