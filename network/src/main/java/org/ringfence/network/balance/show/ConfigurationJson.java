package org.ringfence.network.balance.show;

import org.ringfence.network.balance.service.Alerts;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.Check;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.Timing;
import org.ringfence.network.balance.service.VirtualService;
import tools.jackson.core.JsonGenerator;

/** A configuration as one JSON object, every default filled in. Passwords and secrets are left out. */
public final class ConfigurationJson {
    private ConfigurationJson() {}

    public static String of(BalanceConfiguration configuration) {
        return JsonLine.of(root -> {
            JsonLine.object(root, "options", json -> options(json, configuration.options()));
            JsonLine.objects(root, "services", configuration.services(), ConfigurationJson::service);
        });
    }

    private static void options(JsonGenerator json, BalanceConfiguration.Options options) {
        json.writeBooleanProperty("autoreload", options.autoreload());
        options.callback().ifPresent(text -> json.writeStringProperty("callback", text));
        options.logFile().ifPresent(text -> json.writeStringProperty("logfile", text));
        JsonLine.texts(json, "execute", options.execute());
        json.writeBooleanProperty("supervised", options.supervised()).writeBooleanProperty("fork", options.fork());
        options.maintenanceDirectory().ifPresent(text -> json.writeStringProperty("maintenancedir", text));
    }

    private static void service(JsonGenerator json, VirtualService service) {
        json.writeStringProperty("id", service.id())
                .writeStringProperty("protocol", service.protocol().word())
                .writeStringProperty("target", service.target().toString())
                .writeStringProperty("name", service.name())
                .writeStringProperty("comment", service.comment())
                .writeStringProperty("scheduler", service.scheduler().name());
        JsonLine.texts(json, "schedflags", service.scheduler().flags());
        service.persistence()
                .ifPresent(persistence -> JsonLine.object(
                        json,
                        "persistence",
                        inner -> inner.writeNumberProperty(
                                        "timeout_s", persistence.timeout().toSeconds())
                                .writeNumberProperty("prefix_length", persistence.prefixLength())));
        json.writeBooleanProperty("ops", service.onePacket())
                .writeStringProperty("proxyprotocol", service.proxyProtocol().word());
        JsonLine.objects(json, "servers", service.servers(), ConfigurationJson::server);
        service.fallback().ifPresent(fallback -> JsonLine.object(json, "fallback", inner -> server(inner, fallback)));
        JsonLine.object(json, "check", inner -> check(inner, service.check()));
        json.writeBooleanProperty("quiescent", service.whenDown().quiescent())
                .writeBooleanProperty("readdquiescent", service.whenDown().readd())
                .writeBooleanProperty("cleanstop", service.whenDown().cleanStop());
        service.whenDown().fallbackCommand().ifPresent(text -> json.writeStringProperty("fallbackcommand", text));
        service.monitorFile().ifPresent(text -> json.writeStringProperty("monitorfile", text));
        JsonLine.object(json, "alerts", inner -> alerts(inner, service.alerts()));
    }

    private static void alerts(JsonGenerator json, Alerts alerts) {
        JsonLine.texts(json, "to", alerts.to());
        alerts.from().ifPresent(from -> json.writeStringProperty("from", from));
        json.writeNumberProperty("repeat_s", alerts.repeatSeconds());
        JsonLine.texts(json, "when", alerts.when());
        alerts.mailServer().ifPresent(server -> json.writeStringProperty("smtp", server));
    }

    private static void server(JsonGenerator json, RealServer server) {
        json.writeStringProperty("endpoint", server.endpoint().toString())
                .writeStringProperty("host", server.host())
                .writeStringProperty("forwarding", server.forwarding().word())
                .writeNumberProperty("weight", server.weight());
        server.exchange()
                .ifPresent(exchange -> json.writeStringProperty("request", exchange.request())
                        .writeStringProperty("receive", exchange.receive()));
        json.writeNumberProperty("lower_threshold", server.lowerThreshold())
                .writeNumberProperty("upper_threshold", server.upperThreshold());
    }

    private static void check(JsonGenerator json, Check check) {
        json.writeStringProperty("type", check.type().word())
                .writeNumberProperty("connects", check.connects())
                .writeStringProperty("service", check.service().word())
                .writeStringProperty("command", check.command());
        check.port().ifPresent(port -> json.writeNumberProperty("port", port));
        conversation(json, check.conversation());
        Timing timing = check.timing();
        json.writeNumberProperty("interval_s", timing.interval().toSeconds())
                .writeNumberProperty("checktimeout_s", timing.checkTimeout().toSeconds())
                .writeNumberProperty(
                        "negotiatetimeout_s", timing.negotiateTimeout().toSeconds())
                .writeNumberProperty("checkcount", timing.checkCount())
                .writeNumberProperty("failurecount", timing.failureCount());
    }

    private static void conversation(JsonGenerator json, Check.Conversation talk) {
        json.writeStringProperty("request", talk.request())
                .writeStringProperty("receive", talk.receive())
                .writeStringProperty("httpmethod", talk.method().name());
        talk.virtualHost().ifPresent(name -> json.writeStringProperty("virtualhost", name));
        json.writeStringProperty("login", talk.login()).writeStringProperty("database", talk.database());
    }
}
