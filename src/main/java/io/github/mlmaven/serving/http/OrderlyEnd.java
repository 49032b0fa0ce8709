package io.github.mlmaven.serving.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.impl.HttpServerConnection;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How a connection of HTTP/1.1 ends (RFC 9112 §9.6). Of the requests that a client has sent one after another without
 * waiting, those that are read already are answered, and only the last reply says that the connection closes: what came
 * after its request is not processed. And closing begins with the sending side, while what the client still sends is
 * dropped for a moment: closing a socket with bytes unread would take the last reply away from the client. For the event
 * loop alone.
 */
@SuppressWarnings("FutureReturnValueIgnored") // The promises that are passed on tell of the end.
final class OrderlyEnd extends ChannelDuplexHandler {

    private static final long LINGER_MILLIS = 1000;

    /** Requests that have begun to arrive. */
    private long requests;

    /** Replies that are written. */
    private long replies;

    /** The last request that is processed. */
    private long last = Long.MAX_VALUE;

    private boolean dropping;
    private boolean closing;

    private OrderlyEnd() {}

    /** Of HTTP/2 there is nothing to do: it has GOAWAY. */
    static void addTo(HttpConnection connection) {
        if (connection.protocolVersion() != HttpVersion.HTTP_2) {
            ChannelHandlerContext vertx = context(connection);
            vertx.pipeline().addBefore(vertx.name(), "orderlyEnd", new OrderlyEnd());
        }
    }

    static OrderlyEnd of(HttpConnection connection) {
        return context(connection).pipeline().get(OrderlyEnd.class);
    }

    /** Ends it without what is still to be sent, for which Vert.x would wait. */
    static void giveUp(HttpConnection connection) {
        context(connection).pipeline().context(OrderlyEnd.class).close();
    }

    private static ChannelHandlerContext context(HttpConnection connection) {
        return ((HttpServerConnection) connection).channelHandlerContext();
    }

    /** Requests that have begun to arrive by now are the last; whether the next reply is that to the last of them. */
    boolean endsWithNextReply() {
        last = Math.min(last, requests);
        return replies + 1 >= last;
    }

    /** The next reply is the last, whatever has arrived behind its request. */
    void endWithNextReply() {
        last = Math.min(last, replies + 1);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            dropping |= requests >= last;
            requests++;
        }
        if (dropping || closing) {
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        boolean interim = message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
        if (message instanceof LastHttpContent && !interim) {
            replies++;
        }
        context.write(message, promise);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        if (!closing && context.channel().isActive() && context.channel() instanceof DuplexChannel channel) {
            closing = true;
            context.flush();
            channel.shutdownOutput();
            channel.config().setAutoRead(true);
            Future<?> timer = context.executor().schedule(() -> context.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
            channel.closeFuture().addListener(closed -> timer.cancel(false));
        }
        if (closing) {
            context.channel().closeFuture().addListener(closed -> promise.trySuccess());
        } else {
            context.close(promise);
        }
    }
}
