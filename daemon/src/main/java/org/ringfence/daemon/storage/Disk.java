package org.ringfence.daemon.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The few things that storing needs of a file system; tests let each of them fail. */
interface Disk {

    /** Makes or replaces a file that only its owner can read, and forces it to the disk. It may be there in part on failure. */
    void write(Path file, byte[] content) throws IOException;

    byte[] read(Path file) throws IOException;

    /** Replaces {@code to} in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Forces what was renamed or removed in a folder to the disk. */
    void forceFolder(Path folder) throws IOException;

    /** Removes a file; one that is not there is as good. */
    void remove(Path file) throws IOException;

    /** Names in a folder, sorted. */
    List<String> names(Path folder) throws IOException;
}
