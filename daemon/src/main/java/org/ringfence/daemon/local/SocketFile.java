package org.ringfence.daemon.local;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.ringfence.linux.UnixServer;

/**
 * The file of the listening socket. A socket that a dead daemon left is replaced; one that somebody listens on is not. The new
 * one is made under another name and renamed, so that at no moment more people can open it than may.
 */
final class SocketFile implements AutoCloseable {
    private static final int WAITING = 32;

    private final Path path;
    private final FileChannel lock;
    private final UnixServer server;

    private SocketFile(Path path, FileChannel lock, UnixServer server) {
        this.path = path;
        this.lock = lock;
        this.server = server;
    }

    /**
     * Listens.
     *
     * @param group who may open it besides its owner; empty for the owner alone
     * @throws IOException when somebody listens there already, or it cannot be made; one line for the operator
     */
    static SocketFile listen(Path path, Optional<Admission.Group> group) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel lock = FileChannel.open(beside(path, ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!locked(lock) || answers(path)) {
                throw new IOException("another daemon listens at " + path
                        + ": stop it first, or give this one a socket of its own with --socket");
            }
            if (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && !isSocket(path)) {
                throw new IOException(path + " is in the way: it is not a socket, so it was left alone");
            }
            return new SocketFile(path, lock, place(path, group));
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    private static UnixServer place(Path path, Optional<Admission.Group> group) throws IOException {
        Path unready = beside(path, "~");
        Files.deleteIfExists(unready);
        UnixServer server = UnixServer.listen(unready, WAITING);
        try {
            Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString("rw-------"));
            if (group.isPresent()) {
                Files.setAttribute(unready, "unix:gid", group.get().gid());
                Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString("rw-rw----"));
            }
            Files.move(unready, path, StandardCopyOption.ATOMIC_MOVE);
            return server;
        } catch (IOException e) {
            server.close();
            Files.deleteIfExists(unready);
            throw e;
        }
    }

    private static boolean locked(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Whether somebody listens, be it without holding our lock. */
    private static boolean answers(Path path) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isSocket(Path path) throws IOException {
        int type = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
        return type == 0140000;
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    UnixServer server() {
        return server;
    }

    /** The user that owns it, which is the one that this process runs as. */
    int owner() throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    @Override
    public void close() throws IOException {
        server.close();
        // The lock is still held, so nobody else can have put a socket there.
        Files.deleteIfExists(path);
        lock.close();
    }
}
