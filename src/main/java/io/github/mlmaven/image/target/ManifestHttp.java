package io.github.mlmaven.image.target;

import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.http.Request;
import com.google.cloud.tools.jib.http.Response;
import java.io.IOException;
import java.net.URL;
import java.util.Optional;

/**
 * Jib's connection, for what Jib's registry client keeps to itself: the bytes of a manifest, of which it knows a part only,
 * and a header. So users and tokens remain the client's work. One thread at a time.
 */
final class ManifestHttp extends FailoverHttpClient {

    /** What registries must take (OCI distribution specification, "Pushing Manifests"). */
    private static final int MAX_MANIFEST = 4 << 20;

    private static final String SUBJECT = "OCI-Subject";

    private boolean reading;
    private Optional<String> subject = Optional.empty();

    ManifestHttp(boolean insecure) {
        super(insecure, false, event -> {});
    }

    /** What makes the client ask for a manifest. */
    @FunctionalInterface
    interface Question {
        Object ask() throws IOException, RegistryException;
    }

    @Override
    public Response call(String method, URL url, Request request) throws IOException {
        Response response = super.call(method, url, request);
        subject = response.getHeader(SUBJECT).stream().findFirst();
        if (reading && method.equals("GET") && url.getPath().contains("/manifests/")) {
            try (response) {
                throw new ReadManifest(response.getBody().readNBytes(MAX_MANIFEST + 1));
            }
        }
        return response;
    }

    /** The manifest that is asked for, as it is, or one byte more than is read; nothing if the client found none. */
    Optional<byte[]> manifest(Question question) throws IOException, RegistryException {
        reading = true;
        try {
            question.ask();
            return Optional.empty();
        } catch (ReadManifest e) {
            return Optional.of(e.content);
        } finally {
            reading = false;
        }
    }

    /** The header of the last answer. */
    Optional<String> subject() {
        return subject;
    }

    /** Ends the client's question before it reads, without a bound, what this has read. */
    private static final class ReadManifest extends IOException {

        private static final long serialVersionUID = 1L;

        private final byte[] content;

        ReadManifest(byte[] content) {
            super("read");
            this.content = content;
        }
    }
}
