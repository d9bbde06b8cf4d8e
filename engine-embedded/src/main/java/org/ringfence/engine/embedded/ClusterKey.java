package org.ringfence.engine.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.ringfence.controller.port.Engine.EngineException;

/**
 * The cluster's key: one private key and its self-signed certificate, the same on every node. Who shows that it holds
 * it belongs to the cluster; nobody else is trusted.
 */
public final class ClusterKey {
    private static final String HEARTBEAT_MAC = "HmacSHA256";
    private static final int SHORTEST_PASSWORD = 6;
    private static final int KEYTOOL_SECONDS = 60;

    private final SSLContext tls;
    private final PrivateKey key;

    private ClusterKey(SSLContext tls, PrivateKey key) {
        this.tls = tls;
        this.key = key;
    }

    /**
     * Makes a new cluster key: an elliptic-curve key (P-256) with a certificate that does not run out in practice, in a
     * PKCS12 file that only its owner can read. Copy it to every node, over a secure way.
     *
     * <p>Done by the running JDK's {@code keytool}, since the JDK has no public way to make a certificate. The password
     * is passed in its environment, so that it does not show in the list of processes.
     *
     * @param file     must not exist; its folder must
     * @param password at least 6 characters
     * @throws EngineException with one line for an operator; nothing is left behind then
     */
    public static void create(Path file, String password) throws EngineException {
        if (password.length() < SHORTEST_PASSWORD) {
            throw new EngineException("the key store's password needs at least " + SHORTEST_PASSWORD + " characters");
        }
        if (Files.exists(file)) {
            throw new EngineException(file + " exists already; a cluster's key is not replaced by accident");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new EngineException("there is no folder " + folder);
        }
        try {
            Path workshop = Files.createTempDirectory(
                    folder,
                    ".cluster-key-",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path made = workshop.resolve("key.p12");
            try {
                runKeytool(made, password);
                Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rw-------"));
                // A hard link, unlike a move, does not replace a file that appeared meanwhile.
                Files.createLink(file, made);
            } finally {
                Files.deleteIfExists(made);
                Files.deleteIfExists(workshop);
            }
        } catch (FileAlreadyExistsException e) {
            throw new EngineException(file + " exists already; a cluster's key is not replaced by accident", e);
        } catch (IOException e) {
            throw new EngineException("cannot write the key store " + file + ": " + reason(e), e);
        }
    }

    private static void runKeytool(Path file, String password) throws IOException, EngineException {
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        if (!Files.isExecutable(keytool)) {
            throw new EngineException("making a cluster key needs keytool, which is not at " + keytool);
        }
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-J-Xshare:auto",
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-alias",
                        "cluster",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=ringfence cluster",
                        "-validity",
                        "36500",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass:env",
                        "RINGFENCE_STORE_PASSWORD"))
                .redirectErrorStream(true);
        builder.environment().put("RINGFENCE_STORE_PASSWORD", password);
        Process process = builder.start();
        process.getOutputStream().close();
        try {
            // It prints a line or two, so it cannot block on a full pipe before it ends.
            if (!process.waitFor(KEYTOOL_SECONDS, TimeUnit.SECONDS)) {
                throw new EngineException("keytool did not end within " + KEYTOOL_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                throw new EngineException("keytool failed: " + said.replaceAll("\\s*\\n\\s*", "; "));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted while keytool ran", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** @throws EngineException with one line: the file is missing, unreadable, damaged, or the password is wrong */
    static ClusterKey load(Path file, String password) throws EngineException {
        char[] secret = password.toCharArray();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, secret);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, secret);
            // The certificate beside the private key is the only one that is trusted.
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return new ClusterKey(tls, privateKey(file, store, secret));
        } catch (NoSuchFileException e) {
            throw new EngineException("there is no key store " + file + "; `ringfence init` makes one", e);
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new EngineException("the password of the key store " + file + " is wrong", e);
            }
            throw new EngineException("cannot read the key store " + file + ": " + reason(e), e);
        } catch (GeneralSecurityException e) {
            throw new EngineException("the key store " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file, KeyStore store, char[] secret)
            throws GeneralSecurityException, EngineException {
        for (String alias : Collections.list(store.aliases())) {
            Key key = store.getKey(alias, secret);
            if (key instanceof PrivateKey found) {
                return found;
            }
        }
        throw new EngineException("the key store " + file + " holds no private key");
    }

    SSLContext tls() {
        return tls;
    }

    /** A key of its own for heartbeats, which are too many and too small for signatures. */
    SecretKey heartbeatKey(String cluster) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            HEARTBEAT_MAC,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(key.getEncoded())
                                    .thenExpand(heartbeatPurpose(cluster), 32));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HKDF-SHA256", e);
        }
    }

    /** What stands in for it without TLS: not a secret, it only keeps clusters apart and damaged datagrams out. */
    static SecretKey openHeartbeatKey(String cluster) {
        return new SecretKeySpec(heartbeatPurpose(cluster), HEARTBEAT_MAC);
    }

    private static byte[] heartbeatPurpose(String cluster) {
        return ("ringfence heartbeat " + cluster).getBytes(StandardCharsets.UTF_8);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
