package org.ringfence.network.balance.dialogue;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ringfence.network.balance.check.Subject;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.Target;

/**
 * Runs a program: exit status 0 is good (ldirectord(8), "checkcommand"). It is given the virtual service's address or mark and port, and
 * the real server's address and port. What it says is not read.
 */
final class External {
    private External() {}

    static String run(Subject subject, Deadline deadline) throws IOException, InterruptedException {
        RealServer server = subject.server();
        Target target = subject.service().target();
        String address = switch (target) {
            case Target.Address known -> Endpoint.text(known.endpoint().address());
            case Target.Mark mark -> Integer.toString(mark.mark());
        };
        List<String> words = new ArrayList<>(
                List.of(subject.service().check().command().strip().split("\\s+")));
        words.addAll(List.of(
                address,
                Integer.toString(target.port()),
                Endpoint.text(server.endpoint().address()),
                Integer.toString(server.endpoint().port())));
        Process process = new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(deadline.leftMs(), TimeUnit.MILLISECONDS)) {
                throw new FailedCheckException(words.getFirst() + " does not end in time");
            }
        } finally {
            // Whatever it started is ended with it.
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() != 0) {
            throw new FailedCheckException(words.getFirst() + " ends with status " + process.exitValue());
        }
        return words.getFirst() + " ends with status 0";
    }
}
