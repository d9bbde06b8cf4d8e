package org.ringfence.linux;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A caller in a process of its own: connects to the socket it is given, and sends one line. */
final class Knock {
    private Knock() {}

    public static void main(String[] arguments) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
            channel.write(ByteBuffer.wrap("knock\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
    }

    /** Begins it as {@code nobody} in the group given; only root can. The class is copied to where anybody can read it. */
    static Process asNobody(Path folder, Path socket, int gid) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path copy = folder.resolve("org/ringfence/linux/Knock.class");
        Files.createDirectories(copy.getParent());
        try (var code = Knock.class.getResourceAsStream("Knock.class")) {
            Files.write(copy, code.readAllBytes());
        }
        return new ProcessBuilder(List.of(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=" + gid,
                        "--clear-groups",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        folder.toString(),
                        Knock.class.getName(),
                        socket.toString()))
                .inheritIO()
                .start();
    }
}
