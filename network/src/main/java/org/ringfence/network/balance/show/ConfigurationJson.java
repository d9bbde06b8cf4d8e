package org.ringfence.network.balance.show;

import org.ringfence.network.balance.service.Alerts;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.VirtualService;

/** A configuration as one JSON object, every default filled in. Passwords and secrets are left out. */
public final class ConfigurationJson {
    private ConfigurationJson() {}

    public static String of(BalanceConfiguration configuration) {
        return JsonWriter.object(root -> {
            BalanceConfiguration.Options options = configuration.options();
            root.object(
                    "options",
                    json -> json.field("autoreload", options.autoreload())
                            .field("callback", options.callback())
                            .field("logfile", options.logFile())
                            .field("execute", options.execute())
                            .field("supervised", options.supervised())
                            .field("fork", options.fork())
                            .field("maintenancedir", options.maintenanceDirectory()));
            root.objects("services", configuration.services(), ConfigurationJson::service);
        });
    }

    private static void service(JsonWriter json, VirtualService service) {
        json.field("id", service.id())
                .field("protocol", service.protocol().word())
                .field("target", service.target().toString())
                .field("name", service.name())
                .field("comment", service.comment())
                .field("scheduler", service.scheduler().name())
                .field("schedflags", service.scheduler().flags());
        service.persistence()
                .ifPresent(persistence -> json.object(
                        "persistence",
                        inner -> inner.field("timeout_s", persistence.timeout().toSeconds())
                                .field("prefix_length", persistence.prefixLength())));
        json.field("ops", service.onePacket())
                .field("proxyprotocol", service.proxyProtocol().word())
                .objects("servers", service.servers(), ConfigurationJson::server);
        service.fallback().ifPresent(fallback -> json.object("fallback", inner -> server(inner, fallback)));
        json.object("check", inner -> check(inner, service.check()));
        json.field("quiescent", service.whenDown().quiescent())
                .field("readdquiescent", service.whenDown().readd())
                .field("cleanstop", service.whenDown().cleanStop())
                .field("fallbackcommand", service.whenDown().fallbackCommand())
                .field("monitorfile", service.monitorFile());
        Alerts alerts = service.alerts();
        json.object(
                "alerts",
                inner -> inner.field("to", alerts.to())
                        .field("from", alerts.from())
                        .field("repeat_s", alerts.repeatSeconds())
                        .field("when", alerts.when().stream().toList())
                        .field("smtp", alerts.mailServer()));
    }

    private static void server(JsonWriter json, RealServer server) {
        json.field("endpoint", server.endpoint().toString())
                .field("host", server.host())
                .field("forwarding", server.forwarding().word())
                .field("weight", server.weight());
        server.exchange()
                .ifPresent(exchange -> json.field("request", exchange.request()).field("receive", exchange.receive()));
        json.field("lower_threshold", server.lowerThreshold()).field("upper_threshold", server.upperThreshold());
    }

    private static void check(JsonWriter json, Check check) {
        Check.Conversation talk = check.conversation();
        json.field("type", check.type().word())
                .field("connects", check.connects())
                .field("service", check.service().word())
                .field("command", check.command())
                .field("port", check.port())
                .field("request", talk.request())
                .field("receive", talk.receive())
                .field("httpmethod", talk.method().name())
                .field("virtualhost", talk.virtualHost())
                .field("login", talk.login())
                .field("database", talk.database())
                .field("interval_s", check.timing().interval().toSeconds())
                .field("checktimeout_s", check.timing().checkTimeout().toSeconds())
                .field("negotiatetimeout_s", check.timing().negotiateTimeout().toSeconds())
                .field("checkcount", check.timing().checkCount())
                .field("failurecount", check.timing().failureCount());
    }
}
