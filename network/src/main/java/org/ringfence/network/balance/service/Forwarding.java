package org.ringfence.network.balance.service;

import java.util.Arrays;
import java.util.Optional;

/** How packets reach a real server (ipvsadm(8), packet-forwarding-method). The built-in director copies whatever this says. */
public enum Forwarding {
    /** Direct routing: the server has the virtual address too, and answers the client itself. */
    GATE("gate"),
    /** Masquerading: the addresses are rewritten both ways. */
    MASQ("masq"),
    /** Packed into IP packets to the server. */
    IPIP("ipip");

    private final String word;

    Forwarding(String word) {
        this.word = word;
    }

    /** As ldirectord.cf writes it. */
    public String word() {
        return word;
    }

    public static Optional<Forwarding> of(String word) {
        return Arrays.stream(values()).filter(value -> value.word.equals(word)).findFirst();
    }
}
