package org.ringfence.daemon.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ringfence.controller.port.StableStore;

/**
 * Documents as files of one folder, each under its own name. A new one is written beside the old, forced to the disk, renamed
 * over it, and the folder is forced too; so after a crash there is the old one or the new, whole.
 *
 * <p>A document that was damaged is renamed to {@code NAME.damaged-N}, so that it can be looked at, and is reported once;
 * after that it counts as never saved.
 */
public final class FileStore implements StableStore {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
    private static final String UNFINISHED = ".unfinished";
    private static final String DAMAGED = ".damaged-";

    private final Path folder;
    private final Disk disk;

    FileStore(Path folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /** Removes what a crash has left half done. */
    void tidy() throws StoreException {
        try {
            for (String name : disk.names(folder)) {
                if (name.endsWith(UNFINISHED)) {
                    disk.remove(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw new StoreException("cannot tidy up in " + folder + ": " + reason(e), e);
        }
    }

    @Override
    public void save(String name, byte[] document) throws StoreException {
        Path file = file(name);
        Path unfinished = folder.resolve(name + UNFINISHED);
        try {
            disk.write(unfinished, Sealed.seal(document));
            disk.rename(unfinished, file);
        } catch (IOException e) {
            removeQuietly(unfinished, e);
            throw new StoreException("cannot save " + file + ": " + reason(e) + "; what was there before still is", e);
        }
        try {
            disk.forceFolder(folder);
        } catch (IOException e) {
            throw new StoreException(
                    "cannot force " + folder + " to the disk: " + reason(e) + "; a crash may bring back the former "
                            + name,
                    e);
        }
    }

    /** Room is what a full disk needs most; that this fails too does not hide why saving did. */
    private void removeQuietly(Path unfinished, IOException cause) {
        try {
            disk.remove(unfinished);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public Optional<byte[]> load(String name) throws StoreException {
        Path file = file(name);
        try {
            return Optional.of(Sealed.open(disk.read(file)));
        } catch (NoSuchFileException e) {
            refuseIfSetAside(name);
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException("cannot read " + file + ": " + reason(e), e);
        } catch (Sealed.DamagedException e) {
            throw new StoreException(file + " is damaged: " + e.getMessage() + "; " + setAside(name, file), e);
        }
    }

    /** What was damaged once must not look as if it had never been there, until somebody has decided about it. */
    private void refuseIfSetAside(String name) throws StoreException {
        List<String> aside;
        try {
            aside = disk.names(folder).stream()
                    .filter(other -> other.startsWith(name + DAMAGED))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreException("cannot read " + folder + ": " + reason(e), e);
        }
        if (!aside.isEmpty()) {
            throw new StoreException(folder.resolve(name) + " was damaged and is set aside as "
                    + String.join(", ", aside) + "; to go on without it, remove that");
        }
    }

    private String setAside(String name, Path file) {
        try {
            int number = 1;
            while (disk.names(folder).contains(name + DAMAGED + number)) {
                number++;
            }
            Path aside = folder.resolve(name + DAMAGED + number);
            disk.rename(file, aside);
            disk.forceFolder(folder);
            return "it was renamed to " + aside.getFileName() + " to be looked at";
        } catch (IOException e) {
            return "it could not be renamed either: " + reason(e);
        }
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches() || name.endsWith(UNFINISHED) || name.contains(DAMAGED)) {
            throw new IllegalArgumentException("not a document's name: '" + name + "'");
        }
        return folder.resolve(name);
    }

    /** What the system said, without the file's name, which the caller has said already. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        if (e instanceof FileSystemException system) {
            return switch (system) {
                case java.nio.file.AccessDeniedException _ -> "permission denied";
                case NoSuchFileException _ -> "no such file or folder";
                default -> system.toString();
            };
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
