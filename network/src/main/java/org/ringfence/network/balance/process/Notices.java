package org.ringfence.network.balance.process;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.ringfence.network.balance.check.Answer;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.VirtualService;

/** Whom a balancer tells what happens: its log, monitor files, fallback commands. Safe from any thread. */
final class Notices {
    private final PrintStream log;
    private final InstantSource clock;
    private final Commands commands;

    Notices(PrintStream log, InstantSource clock, Commands commands) {
        this.log = log;
        this.clock = clock;
        this.commands = commands;
    }

    void say(String text) {
        log.println("ringfence balance: " + text);
        log.flush();
    }

    /** ldirectord(8), "monitorfile": time, process, server, status, message. */
    void checked(Optional<VirtualService> service, Endpoint server, boolean up, Answer answer) {
        service.flatMap(VirtualService::monitorFile).ifPresent(file -> {
            String line = "[" + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "|"
                    + ProcessHandle.current().pid() + "|" + server + "|" + (up ? "up" : "down") + "|" + answer.text()
                    + "]\n";
            try {
                Files.writeString(Path.of(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException failed) {
                say("the monitor file " + file + " cannot be written: " + failed.getMessage());
            }
        });
    }

    /** ldirectord(8), "fallbackcommand": start or stop, the virtual service, the protocol. */
    void fallback(VirtualService service, boolean begins) {
        service.whenDown()
                .fallbackCommand()
                .ifPresent(command -> commands.run(
                        command,
                        List.of(
                                begins ? "start" : "stop",
                                service.target().toString(),
                                service.protocol().word()),
                        this));
    }

    /** ldirectord(8), "callback": the configuration's name. */
    void changed(String command, Path file) {
        commands.run(command, List.of(file.toString()), this);
    }
}
