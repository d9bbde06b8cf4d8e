package org.ringfence.demo.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** One key and one self-signed certificate for all nodes of a demo cluster: who has them is a member. Made by the JDK's keytool. */
record KeyStore(Path file, Path passwordFile) {

    static KeyStore make(Path folder) throws IOException {
        var store = new KeyStore(folder.resolve("cluster.p12"), folder.resolve("cluster.password"));
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.createFile(
                store.passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(store.passwordFile, HexFormat.of().formatHex(secret) + "\n");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-J-XX:+UseSerialGC",
                        "-genkeypair",
                        "-alias",
                        "ringfence",
                        "-dname",
                        "CN=ringfence",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "3650",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.file.toString(),
                        "-storepass:file",
                        store.passwordFile.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool: " + said.strip());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
        return store;
    }
}
