package org.ringfence.network.balance.configuration;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which directives there are, and where each may stand (ldirectord(8)). */
final class Vocabulary {
    /** In a virtual service, or for all of them. */
    static final Set<String> SHARED = Set.of(
            "checktimeout",
            "negotiatetimeout",
            "checkinterval",
            "checkcount",
            "failurecount",
            "fallback",
            "fallback6",
            "fallbackcommand",
            "emailalert",
            "emailalertfreq",
            "emailalertstatus",
            "smtp",
            "quiescent",
            "cleanstop");

    private static final Set<String> GLOBAL_ONLY = Set.of(
            "autoreload",
            "callback",
            "logfile",
            "emailalertfrom",
            "execute",
            "supervised",
            "fork",
            "readdquiescent",
            "maintenancedir");

    private static final Set<String> VIRTUAL_ONLY = Set.of(
            "real",
            "real6",
            "checktype",
            "service",
            "checkcommand",
            "checkport",
            "request",
            "receive",
            "httpmethod",
            "virtualhost",
            "login",
            "passwd",
            "database",
            "secret",
            "load",
            "scheduler",
            "schedflags",
            "persistent",
            "netmask",
            "protocol",
            "monitorfile",
            "ops",
            "servicename",
            "comment",
            "proxyprotocol");

    static final Set<String> REPEATED = Set.of("real", "real6", "execute");

    /** Former names, and what took their place. */
    static final Map<String, String> REPLACED =
            Map.of("connecttimeout", "negotiatetimeout", "timeout", "checktimeout and negotiatetimeout");

    private Vocabulary() {}

    /** Sorted. */
    static Set<String> global() {
        return union(SHARED, GLOBAL_ONLY);
    }

    /** Sorted. */
    static Set<String> virtual() {
        return union(SHARED, VIRTUAL_ONLY);
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
