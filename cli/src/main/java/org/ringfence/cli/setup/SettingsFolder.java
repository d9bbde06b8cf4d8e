package org.ringfence.cli.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;
import org.ringfence.model.problem.UnusableInputException;

/** The folder with a node's settings, its cluster's key and that key's password. Only its owner may read the last two. */
record SettingsFolder(Path folder) {
    private static final Set<PosixFilePermission> SECRET = PosixFilePermissions.fromString("rw-------");

    Path settings() {
        return folder.resolve("ringfence.conf");
    }

    Path keyStore() {
        return folder.resolve("cluster.p12");
    }

    Path password() {
        return folder.resolve("cluster.password");
    }

    /** Makes sure that nothing would be overwritten, before anything is written. */
    void refuseToOverwrite() throws UnusableInputException {
        for (Path file : List.of(settings(), keyStore(), password())) {
            if (Files.exists(file)) {
                throw new UnusableInputException(Problem.error(
                        Place.NONE,
                        file.toString(),
                        "exists; this host is set up already",
                        "remove it first if you mean to start anew"));
            }
        }
    }

    void write(String settingsText, byte[] keyStoreBytes, String passwordText) throws UnusableInputException {
        try {
            Files.createDirectories(folder);
            writeSecret(keyStore(), keyStoreBytes);
            writeSecret(password(), (passwordText.strip() + "\n").getBytes(StandardCharsets.US_ASCII));
            Files.writeString(settings(), settingsText);
        } catch (IOException e) {
            throw new UnusableInputException(Problem.error(
                    Place.NONE, folder.toString(), "cannot be written: " + e.getMessage(), "run this as root"));
        }
    }

    private static void writeSecret(Path file, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(SECRET));
        Files.write(file, content);
    }
}
