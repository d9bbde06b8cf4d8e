package org.ringfence.daemon.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The host's disk, until the step that is to fail; a write that fails leaves half of the file. */
final class FailingDisk implements Disk {
    private final Disk host = new HostDisk();
    private final List<String> steps = new ArrayList<>();
    private int failing = Integer.MAX_VALUE;
    private boolean stopped;

    /** @param step counted from 0 */
    void failAt(int step) {
        failing = step;
        steps.clear();
    }

    /** From the step that fails on nothing happens any more, as when the host loses power. */
    void stopAt(int step) {
        failAt(step);
        stopped = true;
    }

    /** What was done, or tried, since. */
    List<String> steps() {
        return List.copyOf(steps);
    }

    private boolean fails(String step) {
        steps.add(step);
        return stopped ? steps.size() > failing : steps.size() == failing + 1;
    }

    private void step(String step) throws IOException {
        if (fails(step)) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void write(Path file, byte[] content) throws IOException {
        if (fails("write")) {
            if (steps.size() == failing + 1) {
                host.write(file, Arrays.copyOf(content, content.length / 2));
            }
            throw new IOException("No space left on device");
        }
        host.write(file, content);
    }

    @Override
    public byte[] read(Path file) throws IOException {
        return host.read(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        step("rename");
        host.rename(from, to);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        step("forceFolder");
        host.forceFolder(folder);
    }

    @Override
    public void remove(Path file) throws IOException {
        step("remove");
        host.remove(file);
    }

    @Override
    public List<String> names(Path folder) throws IOException {
        return host.names(folder);
    }
}
