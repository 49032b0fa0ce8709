package io.github.mlmaven.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

/** The certificates of authorities that a Java runtime trusts by itself. */
final class CaCertificates {

    private static final String FILE = "lib/security/cacerts";

    private CaCertificates() {}

    /** Tells when clients in the image would trust nobody: some distributors leave the file of their JDK's jmods empty. */
    static void check(Path runtime, ImageLog log) throws IOException {
        if (count(runtime) == 0) {
            log.info("The JDK has no CA certificates in its module java.base: clients of TLS in the image trust nobody"
                    + " unless javax.net.ssl.trustStore names a file");
        }
    }

    private static int count(Path runtime) throws IOException {
        Path file = runtime.resolve(FILE);
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            return 0;
        }
        try (InputStream in = Files.newInputStream(file)) {
            // Both JKS and PKCS#12 are read, without the password that protects no secret here.
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(in, null);
            return store.size();
        } catch (GeneralSecurityException | IOException e) {
            throw new IOException(FILE + " of the runtime cannot be read: " + e.getMessage(), e);
        }
    }
}
