package org.ringfence.network.balance.show;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.CheckType;
import org.ringfence.network.balance.service.Protocol;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.Target;
import org.ringfence.network.balance.service.VirtualService;

/** A configuration in a few lines for people. */
public final class ConfigurationText {
    private ConfigurationText() {}

    public static String of(BalanceConfiguration configuration) {
        return configuration.services().stream().map(ConfigurationText::service).collect(Collectors.joining("\n"));
    }

    private static String service(VirtualService service) {
        List<String> lines = new ArrayList<>();
        String name = service.name().isEmpty() ? "" : " (" + service.name() + ")";
        String persistent = service.persistence()
                .map(persistence ->
                        ", persistent " + persistence.timeout().toSeconds() + " s by /" + persistence.prefixLength())
                .orElse("");
        lines.add(service.id() + name + "  " + service.scheduler().name() + persistent
                + (service.onePacket() ? ", one packet" : ""));
        lines.add("  check " + check(service.check()));
        for (RealServer server : service.servers()) {
            lines.add("  " + server.endpoint() + "  " + server.forwarding().word() + "  weight " + server.weight());
        }
        service.fallback()
                .ifPresent(server -> lines.add("  fallback " + server.endpoint() + "  "
                        + server.forwarding().word()));
        return String.join("\n", lines) + "\n";
    }

    private static String check(Check check) {
        String how = switch (check.type()) {
            case NEGOTIATE -> "negotiate " + check.service().word();
            case COMBINED ->
                check.connects() + " connects, then negotiate "
                        + check.service().word();
            case EXTERNAL, EXTERNAL_PERL -> check.type().word() + " " + check.command();
            case CONNECT, PING, OFF, ON -> check.type().word();
        };
        if (check.type() == CheckType.OFF || check.type() == CheckType.ON) {
            return how;
        }
        return how + " every " + check.timing().interval().toSeconds() + " s, down after "
                + check.timing().failureCount() + (check.timing().failureCount() == 1 ? " failure" : " failures");
    }

    /** What the kernel's table holds once every server is up, as {@code ipvsadm-save -n} writes it. */
    public static String ipvs(BalanceConfiguration configuration) {
        List<String> lines = new ArrayList<>();
        for (VirtualService service : configuration.services()) {
            String target = ipvsTarget(service);
            var line = new StringBuilder(
                    "-A " + target + " -s " + service.scheduler().name());
            service.persistence().ifPresent(persistence -> {
                line.append(" -p ").append(persistence.timeout().toSeconds());
                if (persistence.prefixLength() < service.target().family().bits()) {
                    line.append(" -M ").append(mask(service, persistence.prefixLength()));
                }
            });
            lines.add(line + (service.onePacket() ? " -o" : ""));
            for (RealServer server : service.servers()) {
                var flag = switch (server.forwarding()) {
                    case GATE -> "-g";
                    case MASQ -> "-m";
                    case IPIP -> "-i";
                };
                lines.add("-a " + target + " -r " + server.endpoint() + " " + flag + " -w " + server.weight());
            }
        }
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String ipvsTarget(VirtualService service) {
        return switch (service.target()) {
            case Target.Address address -> (service.protocol() == Protocol.UDP ? "-u " : "-t ") + address.endpoint();
            case Target.Mark mark -> "-f " + mark.mark() + (mark.family().bits() == 128 ? " -6" : "");
        };
    }

    private static String mask(VirtualService service, int prefixLength) {
        if (service.target().family().bits() == 128) {
            return Integer.toString(prefixLength);
        }
        int bits = -1 << (32 - prefixLength);
        return (bits >>> 24) + "." + ((bits >>> 16) & 255) + "." + ((bits >>> 8) & 255) + "." + (bits & 255);
    }
}
