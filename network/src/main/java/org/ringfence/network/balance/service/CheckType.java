package org.ringfence.network.balance.service;

import java.util.Arrays;
import java.util.Optional;

/** How it is found out whether a real server works. */
public enum CheckType {
    /** A TCP connection; for services over UDP a ping. */
    CONNECT("connect"),
    /** A short conversation in the service's protocol. */
    NEGOTIATE("negotiate"),
    /** A number of connects, then a negotiate, and so on. */
    COMBINED("combined"),
    /** A program says. */
    EXTERNAL("external"),
    /** A program in Perl says; here it is run as any other. */
    EXTERNAL_PERL("external-perl"),
    /** ICMP echo. */
    PING("ping"),
    /** Not at all, and no server is used. */
    OFF("off"),
    /** Not at all, and every server is used. */
    ON("on");

    private final String word;

    CheckType(String word) {
        this.word = word;
    }

    /** As ldirectord.cf writes it; COMBINED is a number there. */
    public String word() {
        return word;
    }

    public static Optional<CheckType> of(String word) {
        return Arrays.stream(values())
                .filter(value -> value != COMBINED && value.word.equals(word))
                .findFirst();
    }
}
