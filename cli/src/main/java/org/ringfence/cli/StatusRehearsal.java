package org.ringfence.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.TimeZone;
import org.ringfence.cli.terminal.Terminal;

/** What {@link CommandRehearsal} is for other commands, for {@link StatusMain}. */
final class StatusRehearsal {
    private StatusRehearsal() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var node = RehearsedNode.start()) {
            node.answer(RehearsedNode.status(), () -> run(node, "status"));
            node.answer(
                    RehearsedNode.status(),
                    () -> run(
                            node, "status", "--json", "--socket", node.socket().toString()));
        }
    }

    private static void run(RehearsedNode node, String... arguments) {
        // Nothing is written to the process's own; it is made as the command makes it.
        Terminal.ofProcess(false, System.getenv());
        var context = new Context(
                Terminal.onto(new ByteArrayOutputStream()),
                Map.of("RINGFENCE_SOCKET", node.socket().toString()),
                InstantSource.system(),
                TimeZone.getDefault());
        int status = StatusMain.run(context, arguments).orElseThrow();
        if (status != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " ended with status " + status);
        }
    }
}
