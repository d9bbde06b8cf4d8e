package org.ringfence.network.balance.dialogue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.BufferUnderflowException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.ringfence.network.balance.check.Answer;
import org.ringfence.network.balance.check.Attempt;
import org.ringfence.network.balance.check.Prober;
import org.ringfence.network.balance.check.Subject;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.CheckedService;
import org.ringfence.network.balance.service.Endpoint;
import org.ringfence.network.balance.service.Protocol;

/** Asks real servers over the network. */
public final class NetworkProber implements Prober {

    @Override
    public Answer probe(Subject subject, Attempt attempt) throws InterruptedException {
        long begun = System.nanoTime();
        String why = "";
        for (int i = 0; i < attempt.tries(); i++) {
            try {
                String said = ask(subject, attempt, Deadline.after(attempt.timeout()));
                return new Answer(true, said, since(begun));
            } catch (SocketTimeoutException late) {
                why = "no answer within " + attempt.timeout().toSeconds() + " s";
            } catch (ConnectException refused) {
                why = "takes no connection: " + refused.getMessage();
            } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException malformed) {
                why = "sends what cannot be understood (" + malformed.getMessage() + ")";
            } catch (IOException failed) {
                why = Text.shown(Optional.ofNullable(failed.getMessage()).orElse("fails"));
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("not asked any more");
            }
        }
        return new Answer(false, why, since(begun));
    }

    private static long since(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }

    private static String ask(Subject subject, Attempt attempt, Deadline deadline)
            throws IOException, InterruptedException {
        Check check = subject.service().check();
        Endpoint endpoint = check.endpointOf(subject.server());
        return switch (attempt.kind()) {
            case CONNECT -> connect(endpoint, deadline, "takes connections");
            case EXTERNAL -> External.run(subject, deadline);
            case PING -> ping(endpoint, deadline);
            case NEGOTIATE ->
                negotiate(
                        subject.service().protocol(),
                        check.service(),
                        endpoint,
                        deadline,
                        check.conversationWith(subject.server()));
        };
    }

    private static String connect(Endpoint endpoint, Deadline deadline, String said) throws IOException {
        Wire.connect(endpoint, deadline).close();
        return said;
    }

    /** ICMP echo where this process may send it; else the JDK tries the echo port, where a refusal is an answer too. */
    private static String ping(Endpoint endpoint, Deadline deadline) throws IOException, InterruptedException {
        int timeout = deadline.leftMs();
        var reached = new FutureTask<>(() -> endpoint.address().isReachable(timeout));
        // It waits in the kernel, which would hold a virtual thread's carrier.
        Thread.ofPlatform()
                .daemon()
                .name("ping " + endpoint.address().getHostAddress())
                .start(reached);
        try {
            if (!reached.get()) {
                throw new SocketTimeoutException("no answer in time");
            }
            return "answers a ping";
        } catch (ExecutionException failed) {
            throw new FailedCheckException("cannot be pinged: " + failed.getCause());
        }
    }

    private static String negotiate(
            Protocol protocol, CheckedService service, Endpoint endpoint, Deadline deadline, Check.Conversation talk)
            throws IOException {
        boolean udp = protocol == Protocol.UDP;
        return switch (service) {
            case DNS -> udp ? Dns.overUdp(endpoint, deadline, talk) : plain(endpoint, deadline, talk, Dns::overTcp);
            case SIP -> udp ? Sip.overUdp(endpoint, deadline, talk) : plain(endpoint, deadline, talk, Sip::overTcp);
            case RADIUS -> Radius.ask(endpoint, deadline, talk);
            case FTP -> plain(endpoint, deadline, talk, Ftp::hold);
            case HTTP -> plain(endpoint, deadline, talk, Http::page);
            case HTTPS -> tls(endpoint, deadline, talk, Http::page);
            case HTTP_PROXY -> plain(endpoint, deadline, talk, Http::proxied);
            case IMAP -> plain(endpoint, deadline, talk, Mail::imap);
            case IMAPS -> tls(endpoint, deadline, talk, Mail::imap);
            case LDAP -> plain(endpoint, deadline, talk, Ldap::hold);
            case LDAPS -> tls(endpoint, deadline, talk, Ldap::hold);
            case MYSQL -> plain(endpoint, deadline, talk, Mysql::hold);
            case NNTP -> plain(endpoint, deadline, talk, Mail::nntp);
            case PGSQL -> plain(endpoint, deadline, talk, Pgsql::hold);
            case POP -> plain(endpoint, deadline, talk, Mail::pop);
            case POPS -> tls(endpoint, deadline, talk, Mail::pop);
            case SIMPLETCP -> plain(endpoint, deadline, talk, SimpleTcp::hold);
            case SMTP, SUBMISSION -> plain(endpoint, deadline, talk, Mail::smtp);
            // Its protocol is not public, and its client is no package of Debian's.
            case ORACLE ->
                connect(endpoint, deadline, "takes connections; not asked further, Oracle's protocol is not spoken");
            case NONE -> "not monitored";
        };
    }

    private static String plain(Endpoint endpoint, Deadline deadline, Check.Conversation talk, Dialogue dialogue)
            throws IOException {
        try (Wire wire = Wire.connect(endpoint, deadline)) {
            return dialogue.hold(wire, talk);
        }
    }

    private static String tls(Endpoint endpoint, Deadline deadline, Check.Conversation talk, Dialogue dialogue)
            throws IOException {
        try (Wire wire = Wire.connectTls(endpoint, talk.virtualHost(), deadline)) {
            return dialogue.hold(wire, talk);
        }
    }
}
