package org.ringfence.network.balance.service;

/** Which packets are a virtual service's. */
public enum Protocol {
    TCP("tcp"),
    UDP("udp"),
    /** Packets of any protocol that the host's packet filter marked. */
    MARK("fwm");

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    /** As ldirectord.cf writes it. */
    public String word() {
        return word;
    }
}
