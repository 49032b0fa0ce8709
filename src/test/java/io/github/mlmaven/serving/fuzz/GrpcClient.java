package io.github.mlmaven.serving.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.util.Optional;

/** Makes a wrong call in frames of HTTP/2 (RFC 9113 §4.1), and says what is wrong with its end. */
final class GrpcClient {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int GO_AWAY = 7;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    private static final int PRIORITY = 0x20;
    private static final int PRIORITY_BYTES = 5;
    private static final int MAX_FRAME = 16_384;
    private static final int HANGING_MILLIS = 10_000;

    private final int port;

    GrpcClient(int port) {
        this.port = port;
    }

    /** What the server did other than it should; empty when all is well. */
    Optional<String> complaint(WrongCall wrong) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(HANGING_MILLIS);
            send(new DataOutputStream(socket.getOutputStream()), wrong);
            return complaint(wrong, new DataInputStream(socket.getInputStream()));
        } catch (SocketTimeoutException e) {
            return Optional.of("it hangs");
        } catch (EOFException e) {
            return Optional.of("the connection closes");
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
    }

    private static void send(DataOutputStream out, WrongCall wrong) throws IOException, Http2Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        wrong.headers().forEach(headers::add);
        ByteBuf block = Unpooled.buffer();
        new DefaultHttp2HeadersEncoder().encodeHeaders(1, headers, block);
        byte[] encoded = new byte[block.readableBytes()];
        block.readBytes(encoded);
        out.write(PREFACE);
        frame(out, SETTINGS, 0, 0, new byte[0], 0, 0);
        frame(out, HEADERS, END_HEADERS, 1, encoded, 0, encoded.length);
        byte[] data = wrong.data();
        int at = 0;
        do {
            int length = Math.min(MAX_FRAME, data.length - at);
            frame(out, DATA, at + length == data.length ? END_STREAM : 0, 1, data, at, length);
            at += length;
        } while (at < data.length);
        out.flush();
    }

    private static void frame(DataOutputStream out, int type, int flags, int stream, byte[] payload, int at, int length)
            throws IOException {
        out.writeByte(length >> 16);
        out.writeShort(length);
        out.writeByte(type);
        out.writeByte(flags);
        out.writeInt(stream);
        out.write(payload, at, length);
    }

    private static Optional<String> complaint(WrongCall wrong, DataInputStream in) throws IOException, Http2Exception {
        DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = in.readNBytes(length);
            if (type == RESET || type == GO_AWAY) {
                return Optional.of("frame " + type + ": " + new String(payload, UTF_8));
            }
            if (type == HEADERS) {
                int priority = (flags & PRIORITY) == 0 ? 0 : PRIORITY_BYTES;
                ByteBuf block = Unpooled.wrappedBuffer(payload, priority, length - priority);
                Http2Headers headers = decoder.decodeHeaders(stream, block);
                return (flags & END_STREAM) == 0
                        ? Optional.of("expected an error, found " + headers)
                        : complaint(wrong, headers);
            }
        }
    }

    private static Optional<String> complaint(WrongCall wrong, Http2Headers headers) {
        String status = String.valueOf(headers.get("grpc-status"));
        String encoded = String.valueOf(headers.get("grpc-message"));
        String message = URLDecoder.decode(encoded.replace("+", "%2B"), UTF_8);
        boolean expected = status.equals(Integer.toString(wrong.status().value()));
        return expected && wrong.message().matcher(message).find()
                ? Optional.empty()
                : Optional.of("expected " + wrong.status() + " with " + wrong.message() + ", found "
                        + headers.get(":status") + ", " + status + ": " + message);
    }
}
