package org.ringfence.network.balance.configuration;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.CheckType;
import org.ringfence.network.balance.service.CheckedService;
import org.ringfence.network.balance.service.Target;
import org.ringfence.network.balance.service.Timing;

/** Reads how the servers of one virtual service are checked. */
final class CheckReader {
    private final Values values;
    private final Values globals;
    private final Target target;
    private final boolean fork;
    private final Problems problems;

    /** @param fork whether a service may have an interval of its own (ldirectord(8), "checkinterval") */
    CheckReader(Values values, Values globals, Target target, boolean fork, Problems problems) {
        this.values = values;
        this.globals = globals;
        this.target = target;
        this.fork = fork;
        this.problems = problems;
    }

    Check read() {
        OptionalInt connects = values.find("checktype")
                .map(directive -> Numbers.parse(directive.text(), 1, Integer.MAX_VALUE))
                .orElse(OptionalInt.empty());
        CheckType type = connects.isPresent()
                ? CheckType.COMBINED
                : values.word(
                                "checktype",
                                CheckType::of,
                                "write connect, negotiate, ping, external, external-perl, on, off, or how many connects"
                                        + " come before a negotiate")
                        .orElse(CheckType.NEGOTIATE);
        CheckedService service = values.word(
                        "service", CheckedService::of, "ldirectord(8) has the list, for example http")
                .orElse(CheckedService.ofPort(target.port()));
        values.find("load")
                .ifPresent(load -> problems.warning(
                        load.place(), "load", "is not looked at", "it is in no manual page; remove it"));
        OptionalInt port = values.find("checkport")
                .map(directive -> values.number(directive, 1, 65_535))
                .orElse(OptionalInt.empty());
        return new Check(
                type,
                connects.orElse(0),
                service,
                values.text("checkcommand").orElse("/bin/true"),
                port,
                conversation(service, type),
                timing());
    }

    private Check.Conversation conversation(CheckedService service, CheckType type) {
        String request = values.quoted("request").orElse("");
        boolean talks = type == CheckType.NEGOTIATE || type == CheckType.COMBINED;
        if (talks && service.isDatabase()) {
            for (String needed : new String[] {"login", "database", "request"}) {
                if (values.find(needed).isEmpty()) {
                    values.find("service")
                            .ifPresent(directive -> problems.warning(
                                    directive.place(),
                                    "service " + service.word(),
                                    "has no " + needed + ", without which its check cannot ask anything",
                                    "add " + needed + " = \"...\""));
                }
            }
        }
        return new Check.Conversation(
                request,
                values.pattern("receive"),
                values.word("httpmethod", CheckReader::method, "write GET or HEAD")
                        .orElse(Check.HttpMethod.GET),
                values.text("virtualhost"),
                values.quoted("login").orElse(""),
                values.quoted("passwd").orElse(""),
                values.quoted("database").orElse(""),
                values.quoted("secret").orElse(""));
    }

    private static Optional<Check.HttpMethod> method(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "GET" -> Optional.of(Check.HttpMethod.GET);
            case "HEAD" -> Optional.of(Check.HttpMethod.HEAD);
            default -> Optional.empty();
        };
    }

    private Timing timing() {
        int interval = globals.number("checkinterval", 1, Integer.MAX_VALUE, (int) Timing.DEFAULT_INTERVAL.toSeconds());
        int own = values.number("checkinterval", 1, Integer.MAX_VALUE, interval);
        if (own != interval && !fork) {
            problems.warning(
                    values.find("checkinterval").orElseThrow().place(),
                    "checkinterval",
                    "of one service counts only with fork = yes; " + interval + " s it is",
                    "write fork = yes at the margin");
        }
        return new Timing(
                Duration.ofSeconds(fork ? own : interval),
                Duration.ofSeconds(values.seconds(
                        "checktimeout", "negotiatetimeout", (int) Timing.DEFAULT_CHECK_TIMEOUT.toSeconds())),
                Duration.ofSeconds(values.seconds(
                        "negotiatetimeout", "checktimeout", (int) Timing.DEFAULT_NEGOTIATE_TIMEOUT.toSeconds())),
                values.number("checkcount", 1, Integer.MAX_VALUE, 1),
                values.number("failurecount", 1, Integer.MAX_VALUE, 1));
    }
}
