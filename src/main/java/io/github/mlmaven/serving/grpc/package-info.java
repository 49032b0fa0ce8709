/** gRPC over the HTTP server: its framing, the Open Inference Protocol's service, health and reflection. */
@NullMarked
package io.github.mlmaven.serving.grpc;

import org.jspecify.annotations.NullMarked;
