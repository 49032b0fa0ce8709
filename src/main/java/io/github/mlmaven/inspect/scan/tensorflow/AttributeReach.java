package io.github.mlmaven.inspect.scan.tensorflow;

import java.util.Locale;

/** Attributes by which an operator that only computes reaches out. */
final class AttributeReach {

    private AttributeReach() {}

    static boolean reaches(String attribute, String value) {
        String text = value.toLowerCase(Locale.ROOT);
        return switch (attribute) {
            // PrintV2: stdout, stderr and log levels, or a file.
            case "output_stream" -> text.startsWith("file:");
            // DebugIdentity: files and servers.
            case "debug_urls" -> text.startsWith("file:") || text.startsWith("grpc:") || text.startsWith("http");
            // DecodeProtoV2 and EncodeProto: what is linked in, bytes, or a file.
            case "descriptor_source" -> !text.isEmpty() && !text.startsWith("local://") && !text.startsWith("bytes://");
            default -> false;
        };
    }
}
