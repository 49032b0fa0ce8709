package io.github.mlmaven.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Collections;

/**
 * A certificate for this machine that no public authority has signed.
 *
 * @param pem the certificate
 * @param key its private key
 * @param keyStore both, with the password {@link #PASSWORD}
 * @param trustStore what trusts it, with the password {@link #PASSWORD}
 */
public record TestCertificate(Path pem, Path key, Path keyStore, Path trustStore) {

    public static final String PASSWORD = "changeit";

    private static final String ALIAS = "registry";

    /** Makes one with the JDK's keytool. */
    public static TestCertificate make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve("registry.p12");
        Tool.run(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                store.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        // With the authorities that the JDK trusts, which a Maven that is started with it needs too.
        KeyStore jdk = KeyStore.getInstance(
                Path.of(System.getProperty("java.home"), "lib", "security", "cacerts")
                        .toFile(),
                PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String alias : Collections.list(jdk.aliases())) {
            trusted.setCertificateEntry(alias, jdk.getCertificate(alias));
        }
        trusted.setCertificateEntry("private-ca", keys.getCertificate(ALIAS));
        Path trustStore = folder.resolve("trusted.p12");
        try (var out = Files.newOutputStream(trustStore)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return new TestCertificate(
                pem(
                        folder.resolve("registry.crt"),
                        "CERTIFICATE",
                        keys.getCertificate(ALIAS).getEncoded()),
                pem(
                        folder.resolve("registry.key"),
                        "PRIVATE KEY",
                        keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()),
                store,
                trustStore);
    }

    private static Path pem(Path file, String what, byte[] der) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return Files.writeString(file, "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n");
    }
}
