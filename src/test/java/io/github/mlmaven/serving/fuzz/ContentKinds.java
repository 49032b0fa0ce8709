package io.github.mlmaven.serving.fuzz;

import static io.github.mlmaven.serving.fuzz.Wrong.exactly;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** Valid bodies in wrong wrappings: content types, codings, sizes; and requests of what is not there. A table, and so long. */
final class ContentKinds {

    private static final String PREDICT = "/v1/models/add-sub:predict";

    /** Longer than any header of gzip. */
    private static final int GZIP_HEADER = 10;

    private ContentKinds() {}

    static List<Kind<Wrong>> kinds() {
        return List.of(
                Kind.each(
                        "another content type",
                        List.of(
                                "text/csv",
                                "text/plain",
                                "application/octet-stream",
                                "application/jsonl",
                                "json",
                                "",
                                ";",
                                "multipart/form-data; boundary=a",
                                "application/json, text/csv"),
                        (dice, type) -> Wrong.of(
                                (dice.below(2) == 0 ? Post.to(PREDICT) : Post.infer("identity-fp32"))
                                        .header("Content-Type: " + type)
                                        .body("{}"),
                                415,
                                "^" + exactly("expected Content-Type application/json, found " + type) + "$")),
                Kind.each(
                        "another content type for MLflow",
                        List.of(
                                "text/plain",
                                "application/octet-stream",
                                "text/csv; charset=latin1",
                                "application/json; charset=utf-16",
                                "text/csv; header=absent",
                                "application/json; format=x",
                                ""),
                        (dice, type) -> Wrong.of(
                                Post.to("/invocations")
                                        .header("Content-Type: " + type)
                                        .body("1"),
                                415,
                                "^expected Content-Type .+, found " + exactly(type) + "$")),
                Kind.each(
                        "an accept without JSON",
                        List.of("text/html", "application/xml, text/*", "application/json;q=0", "*/*;q=0.0"),
                        (dice, accept) -> Wrong.of(
                                Post.to("/invocations")
                                        .header("Accept: " + accept)
                                        .body("{}"),
                                406,
                                "^" + exactly("expected Accept to allow application/json, found " + accept) + "$")),
                Kind.each(
                        "an unknown coding",
                        List.of(
                                "br",
                                "zstd",
                                "compress",
                                "gzip, gzip",
                                "gzip,deflate",
                                "gzip;q=1",
                                "x",
                                "",
                                "identity, br"),
                        (dice, coding) -> Wrong.of(
                                Post.infer("identity-fp32")
                                        .header("Content-Encoding: " + coding)
                                        .body(gzip("{}")),
                                415,
                                "^" + exactly("expected Content-Encoding gzip, deflate or identity, found " + coding)
                                        + "$")),
                Kind.each(
                        "two codings in two headers",
                        List.of("gzip", "br", "identity"),
                        (dice, coding) -> Wrong.of(
                                Post.infer("identity-fp32")
                                        .header("Content-Encoding: gzip")
                                        .header("Content-Encoding: " + coding)
                                        .body(gzip("{}")),
                                415,
                                "found gzip, " + coding + "$")),
                new Kind<>("gzip cut off", 20, (dice, turn) -> {
                    byte[] whole = gzip(Document.identity(dice).toString());
                    int length = dice.between(2, whole.length - 1);
                    return coded(
                            "gzip", Arrays.copyOf(whole, length), "the stream ends early, after " + length + " bytes$");
                }),
                new Kind<>("deflate cut off", 20, (dice, turn) -> {
                    byte[] whole = deflate(Document.identity(dice).toString());
                    int length = dice.between(1, whole.length - 1);
                    return coded(
                            "deflate",
                            Arrays.copyOf(whole, length),
                            "the stream ends early, after " + length + " bytes$");
                }),
                new Kind<>("gzip flipped", 40, (dice, turn) -> flipped(dice, "gzip")),
                new Kind<>("deflate flipped", 40, (dice, turn) -> flipped(dice, "deflate")),
                new Kind<>(
                        "more after gzip",
                        5,
                        (dice, turn) -> coded(
                                "gzip",
                                Post.joined(gzip("{}"), new byte[turn + 1]),
                                (turn + 1) + " bytes follow the stream$")),
                new Kind<>(
                        "more after deflate",
                        5,
                        (dice, turn) -> coded(
                                "deflate",
                                Post.joined(deflate("{}"), new byte[turn + 1]),
                                (turn + 1) + " bytes follow the stream$")),
                Kind.each(
                        "no gzip",
                        List.of("", "7b7d", "1f", "1f8c0800000000000000", "504b0304", "789c0300"),
                        (dice, hex) -> coded(
                                "gzip",
                                HexFormat.of().parseHex(hex),
                                "expected a stream that begins with the bytes 1f 8b$|the stream ends early")),
                Kind.each(
                        "gzip of another method",
                        List.of("1f8b0700000000000003", "1f8b08e0000000000003", "1f8b08ff000000000003"),
                        (dice, hex) -> coded(
                                "gzip",
                                HexFormat.of().parseHex(hex),
                                "expected compression method 8 and no reserved flags, found method \\d, flags \\d+$")),
                new Kind<>("deflate without zlib's header", 3, (dice, turn) -> {
                    byte[] zlib = deflate(Document.identity(dice).toString());
                    return coded("deflate", Arrays.copyOfRange(zlib, 2, zlib.length - 4), ".");
                }),
                new Kind<>(
                        "compressed JSON that is none",
                        4,
                        (dice, turn) -> Wrong.of(
                                Post.infer("identity-fp32")
                                        .header("Content-Encoding: gzip")
                                        .body(gzip("{\"inputs\":[")),
                                400,
                                "^not JSON, at line 1")),
                new Kind<>(
                        "a bomb",
                        2,
                        (dice, turn) -> Wrong.of(
                                Post.infer("identity-fp32")
                                        .header("Content-Encoding: " + (turn == 0 ? "gzip" : "deflate"))
                                        .body(turn == 0 ? gzip(" ".repeat(40 << 20)) : deflate(" ".repeat(40 << 20))),
                                413,
                                "^"
                                        + exactly("the body is too large: expected at most " + FuzzedServer.MAX_BODY
                                                + " bytes, found more")
                                        + "$")),
                Kind.each(
                        "a time that is none",
                        List.of("0", "-1", "1.5", "abc", "", "2147483648", "99999999999999999999", "1s"),
                        (dice, time) -> Wrong.of(
                                Document.identity(dice).post().header("X-Request-Timeout-Ms: " + time),
                                400,
                                "^"
                                        + exactly("X-Request-Timeout-Ms: expected a number from 1 to 2147483647, found "
                                                + time)
                                        + "$")),
                Kind.each(
                        "an unknown model",
                        List.of(
                                "nobody",
                                "identity-FP32",
                                "%00",
                                "%ff",
                                "a%2Fb",
                                "..%2F..",
                                "%F0%9F%98%80",
                                "identity-fp32%20"),
                        (dice, name) -> Wrong.of(
                                Post.infer(name).body("{}"), 404, "^unknown model .+: expected .*identity-fp32, .")),
                Kind.each(
                        "an unknown model of v1",
                        List.of("nobody", "ADD-SUB", "%ff"),
                        (dice, name) -> Wrong.of(
                                Post.to("/v1/models/" + name + ":predict").body("{}"),
                                404,
                                "^unknown model .+: expected .*add-sub, .")),
                Kind.each(
                        "an unknown version",
                        List.of("2", "1.0", "%31%31", "latest"),
                        (dice, version) -> Wrong.of(
                                Post.to("/v2/models/add-sub/versions/" + version + "/infer")
                                        .body("{}"),
                                404,
                                "^unknown version .+ of model add-sub: expected 1$")),
                Kind.each(
                        "no such path",
                        List.of(
                                "/v2/models/add-sub/explain",
                                "/v2/models/%zz/infer",
                                "/v2//models",
                                "/v1/models/add-sub:explain",
                                "/v3",
                                "//",
                                "/v2/models/add-sub/versions/1/infer/x",
                                "/%2e%2e/v2",
                                "/invocations/",
                                "/V2/models/add-sub/infer",
                                "*",
                                "infer",
                                "/v2/models/../models/add-sub/infer",
                                "?"),
                        (dice, path) -> Wrong.of(Post.to(path).body("{}"), 404, "^no such path: |^unknown model ")),
                Kind.each(
                        "another method",
                        List.of("GET", "PUT", "DELETE", "HEAD2", "PATCH", "OPTIONS", "TRACE", "post", "BREW"),
                        (dice, method) -> Wrong.of(
                                Post.line(method + " " + dice.oneOf("/v2/models/add-sub/infer", PREDICT, "/invocations")
                                                + " HTTP/1.1")
                                        .body("{}"),
                                405,
                                "^method .+ is not allowed here; expected POST$")),
                Kind.each(
                        "gRPC in HTTP/1.1",
                        List.of("/inference.GRPCInferenceService/ModelInfer", "/grpc.health.v1.Health/Check", "/v2"),
                        (dice, path) -> Wrong.of(
                                Post.to(path)
                                        .header("Content-Type: application/grpc")
                                        .body("{}"),
                                426,
                                "^gRPC needs HTTP/2$")));
    }

    private static Wrong coded(String coding, byte[] body, String message) {
        return Wrong.of(
                Post.infer("identity-fp32")
                        .header("Content-Encoding: " + coding)
                        .body(body),
                400,
                "^Content-Encoding " + coding + ": .*(" + message + ")");
    }

    /** One bit of the stream, so that another implementation refuses it too: some bits mean nothing. */
    private static Wrong flipped(Dice dice, String coding) {
        boolean gzip = coding.equals("gzip");
        byte[] whole = gzip
                ? gzip(Document.addSub(dice, 2).toString())
                : deflate(Document.addSub(dice, 2).toString());
        byte[] changed;
        do {
            changed = whole.clone();
            changed[dice.between(gzip ? GZIP_HEADER : 0, whole.length - 1)] ^= (byte) (1 << dice.below(8));
        } while (isWhole(gzip, changed));
        return coded(
                coding,
                changed,
                "the stream is broken at byte|the checksum or the length|ends early|follow the stream"
                        + "|needs a dictionary");
    }

    private static boolean isWhole(boolean gzip, byte[] stream) {
        InputStream in = new ByteArrayInputStream(stream);
        try (InputStream content = gzip ? new GZIPInputStream(in) : new InflaterInputStream(in)) {
            content.readAllBytes();
            return in.available() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static byte[] gzip(String text) {
        return compressed(text, out -> new GZIPOutputStream(out));
    }

    private static byte[] deflate(String text) {
        return compressed(text, DeflaterOutputStream::new);
    }

    private interface Compression {

        OutputStream of(OutputStream out) throws IOException;
    }

    private static byte[] compressed(String text, Compression compression) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = compression.of(bytes)) {
            out.write(text.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
