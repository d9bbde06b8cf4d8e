package org.ringfence.daemon.process;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.ringfence.linux.Descriptors;
import org.ringfence.linux.Pidfd;
import org.ringfence.linux.Spawn;

/** Starts a program in its control group, marked, with pipes for what it prints. */
final class Launch {
    private Launch() {}

    /** @throws IOException when it cannot be started; nothing is left behind then */
    static Run of(Program program, ProcessTree tree) throws IOException {
        List<String> environment = new ArrayList<>();
        program.environment().forEach((name, value) -> environment.add(name + "=" + value));
        environment.add(tree.mark());
        Descriptors.Pipe output = Descriptors.pipe();
        Descriptors.Pipe errors = pipeOrClose(output);
        try {
            int input = program.input().isEmpty() ? -1 : filledPipe(program.input());
            try {
                int pid = Spawn.start(command(program), environment, input, output.writeEnd(), errors.writeEnd());
                return new Run(program, tree, pid, Pidfd.open(pid), output.readEnd(), errors.readEnd());
            } finally {
                if (input >= 0) {
                    Descriptors.close(input);
                }
            }
        } catch (IOException | RuntimeException e) {
            Descriptors.close(output.readEnd());
            Descriptors.close(errors.readEnd());
            throw e;
        } finally {
            Descriptors.close(output.writeEnd());
            Descriptors.close(errors.writeEnd());
        }
    }

    private static Descriptors.Pipe pipeOrClose(Descriptors.Pipe other) throws IOException {
        try {
            return Descriptors.pipe();
        } catch (IOException e) {
            Descriptors.close(other.readEnd());
            Descriptors.close(other.writeEnd());
            throw e;
        }
    }

    /** A child must be in its group before its program runs, or what it forks first would be outside: the shell enters. */
    private static List<String> command(Program program) {
        if (program.group().isEmpty()) {
            return program.command();
        }
        List<String> command = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "{ echo $$ >\"$0\"; } 2>/dev/null; exec \"$@\"",
                program.group().get().entrance().toString()));
        command.addAll(program.command());
        return command;
    }

    private static int filledPipe(String input) throws IOException {
        Descriptors.Pipe pipe = Descriptors.pipe();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(input);
            if (bytes.byteSize() - 1 > Program.INPUT_BYTES) {
                throw new IOException("its input has " + bytes.byteSize() + " bytes; " + Program.INPUT_BYTES + " fit");
            }
            Descriptors.write(pipe.writeEnd(), bytes.asSlice(0, bytes.byteSize() - 1));
        } catch (IOException e) {
            Descriptors.close(pipe.readEnd());
            throw e;
        } finally {
            Descriptors.close(pipe.writeEnd());
        }
        return pipe.readEnd();
    }
}
