package org.ringfence.daemon.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is being run, as files: one for each run, from before it starts until it is over. A daemon that was killed leaves them,
 * and its successor ends what they name before it looks at any resource: a start under way that takes effect after a probe has
 * said "not running" would be a resource that nobody knows of.
 *
 * <p>A run is over when its own program has ended. Services that it left running are nobody's leftovers: they are kept. Files
 * are not forced to the disk, since processes do not outlive what such a file can get lost in. Safe from any thread.
 */
public final class Unfinished {
    private static final System.Logger LOG = System.getLogger(Unfinished.class.getName());
    /** Runs are named {@code <life>.<number>}. */
    private static final String PATTERN = "*.*";

    private final Path folder;

    /** @throws IOException when the folder cannot be made or is not one */
    public Unfinished(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Ends what an earlier daemon was running. Blocks until it is gone, or stuck in the kernel. @return one line for each */
    public List<String> end() throws IOException, InterruptedException {
        List<String> ended = new ArrayList<>();
        try (var records = Files.newDirectoryStream(folder, PATTERN)) {
            for (Path record : records) {
                String how = tree(record).end(Duration.ZERO);
                if (!how.isEmpty()) {
                    ended.add(how);
                }
                Files.deleteIfExists(record);
            }
        }
        return ended;
    }

    private static ProcessTree tree(Path record) throws IOException {
        String group = Files.readString(record);
        return new ProcessTree(
                group.isEmpty() ? Optional.empty() : Optional.of(new ControlGroup(Path.of(group))),
                Processes.MARK + "=" + record.getFileName());
    }

    /** A run begins. Where the disk refuses, it goes on unrecorded: not to stop a resource would be worse. */
    void begin(ProcessTree tree) {
        try {
            Files.writeString(
                    record(tree),
                    tree.group().map(group -> group.folder().toString()).orElse(""));
        } catch (IOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "if this daemon is killed now, its successor will not end what is being run: {0}",
                    e.getMessage());
        }
    }

    /** A run is over. */
    void over(ProcessTree tree) {
        try {
            Files.deleteIfExists(record(tree));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the record of a run cannot be removed: {0}", e.getMessage());
        }
    }

    private Path record(ProcessTree tree) {
        return folder.resolve(tree.mark().substring(Processes.MARK.length() + 1));
    }
}
