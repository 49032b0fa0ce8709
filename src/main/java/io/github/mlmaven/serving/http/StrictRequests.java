package io.github.mlmaven.serving.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.net.impl.VertxHandler;
import java.util.List;
import java.util.Optional;

/**
 * Refuses what RFC 9112 does not allow and Netty's decoder lets through, as the decoder refuses the rest: a proxy in
 * front may read such a request as another one, or as two. For one connection of HTTP/1.
 */
final class StrictRequests extends ChannelInboundHandlerAdapter {

    private boolean refused;

    private StrictRequests() {}

    /** Before the handler that makes requests of what is decoded; of HTTP/2 there is nothing to do. */
    static void addTo(ChannelPipeline pipeline) {
        ChannelHandlerContext requests = pipeline.context(VertxHandler.class);
        if (requests != null) {
            pipeline.addBefore(requests.name(), "strictRequests", new StrictRequests());
        }
    }

    /** What the client is told when its request could not be decoded. */
    static Reply reply(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return Reply.error(414, "the request line is too long: " + cause.getMessage());
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return Reply.error(431, "the headers are too large: " + cause.getMessage());
        }
        return Reply.error(400, "not a request of HTTP/1.1: " + cause.getMessage());
    }

    /** What a client is told that is still there, and whose body cannot be read on: chunks that are none. */
    static Optional<Reply> brokenBody(Throwable lost) {
        return lost instanceof DecoderException || lost instanceof IllegalArgumentException
                ? Optional.of(Reply.error(400, "the body is broken: " + lost.getMessage()))
                : Optional.empty();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess()) {
            Optional<String> problem = problem(request);
            if (problem.isPresent()) {
                refused = true;
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(problem.get())));
                // The reply takes it from the request.
                request.setProtocolVersion(HttpVersion.HTTP_1_1);
            }
        }
        context.fireChannelRead(message);
    }

    private static Optional<String> problem(HttpRequest request) {
        HttpVersion version = request.protocolVersion();
        boolean old = version.equals(HttpVersion.HTTP_1_0);
        if (!old && !version.equals(HttpVersion.HTTP_1_1)) {
            return Optional.of("expected the version HTTP/1.1 or HTTP/1.0, found " + version);
        }
        HttpHeaders headers = request.headers();
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() > 1 || (hosts.isEmpty() && !old)) {
            return Optional.of("expected one header Host, found " + hosts.size()); // §3.2
        }
        if (headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            String codings = String.join(", ", headers.getAll(HttpHeaderNames.TRANSFER_ENCODING));
            if (!codings.equalsIgnoreCase("chunked")) {
                return Optional.of("expected Transfer-Encoding chunked, found " + codings); // §6.1
            }
        }
        return headers.contains("") ? Optional.of("a header has no name") : Optional.empty(); // §5.1
    }
}
