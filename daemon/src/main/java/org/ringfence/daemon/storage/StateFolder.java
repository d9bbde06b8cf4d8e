package org.ringfence.daemon.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.ringfence.controller.port.StableStore;
import org.ringfence.controller.port.StableStore.StoreException;

/**
 * The folder that holds a node's state, for one daemon at a time: the lock lasts until this is closed or the process ends,
 * however it ends.
 */
public final class StateFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String DOCUMENTS = "documents";
    private static final String CONFIGURATIONS = "configurations";
    private static final String RUNS = "runs";

    private final Path folder;
    private final FileChannel lock;
    private final FileStore documents;
    private final ConfigurationArchive configurations;

    private StateFolder(Path folder, FileChannel lock, FileStore documents, ConfigurationArchive configurations) {
        this.folder = folder;
        this.lock = lock;
        this.documents = documents;
        this.configurations = configurations;
    }

    /**
     * Takes the folder, which is made where it is missing.
     *
     * @throws StoreException when another daemon has it, or it cannot be used; one line for the operator
     */
    public static StateFolder open(Path folder) throws StoreException {
        try {
            makeFolder(folder);
            FileChannel lock = lock(folder);
            try {
                return new StateFolder(
                        folder, lock, store(folder.resolve(DOCUMENTS)), archive(folder.resolve(CONFIGURATIONS)));
            } catch (IOException | StoreException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StoreException("cannot use the state folder " + folder + ": " + FileStore.reason(e), e);
        }
    }

    /**
     * Finds out whether the folder could be taken now, and leaves everything as it is.
     *
     * @throws StoreException when another daemon has it; one line for the operator
     */
    public static void mustBeFree(Path folder) throws StoreException {
        if (!Files.exists(folder.resolve(LOCK))) {
            return;
        }
        try (FileChannel channel = openLock(folder)) {
            mustLock(channel, folder);
        } catch (IOException e) {
            throw new StoreException("cannot use the state folder " + folder + ": " + FileStore.reason(e), e);
        }
    }

    private static FileStore store(Path folder) throws IOException, StoreException {
        makeFolder(folder);
        FileStore store = new FileStore(folder, new HostDisk());
        store.tidy();
        return store;
    }

    private static ConfigurationArchive archive(Path folder) throws IOException, StoreException {
        return new ConfigurationArchive(store(folder), folder, new HostDisk());
    }

    /** Only its owner may look inside: configurations hold passwords of fence devices. */
    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException(e.getFile() + " is not a folder", e);
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            new HostDisk().forceFolder(parent);
        }
    }

    private static FileChannel lock(Path folder) throws IOException, StoreException {
        FileChannel channel = openLock(folder);
        try {
            mustLock(channel, folder);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)));
            return channel;
        } catch (IOException | StoreException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel openLock(Path folder) throws IOException {
        return FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void mustLock(FileChannel channel, Path folder) throws IOException, StoreException {
        if (!locked(channel)) {
            throw new StoreException("another Ringfence daemon" + holder(channel) + " uses the state folder " + folder
                    + ": stop it first, or give this one a folder of its own");
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock taken = channel.tryLock();
            return taken != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        String text = new String(pid.array(), 0, pid.position(), US_ASCII).strip();
        return text.isEmpty() ? "" : " (process " + text + ")";
    }

    public StableStore documents() {
        return documents;
    }

    public ConfigurationArchive configurations() {
        return configurations;
    }

    /** The folder that records what is being run. */
    public Path runs() {
        return folder.resolve(RUNS);
    }

    @Override
    public void close() throws StoreException {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StoreException("cannot let go of the state folder: " + FileStore.reason(e), e);
        }
    }
}
