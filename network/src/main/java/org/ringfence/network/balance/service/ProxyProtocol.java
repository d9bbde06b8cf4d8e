package org.ringfence.network.balance.service;

import java.util.Arrays;
import java.util.Optional;

/** Whether and how the built-in director tells a real server who the client is (haproxy.org, proxy-protocol.txt). */
public enum ProxyProtocol {
    NONE("no"),
    V1("v1"),
    V2("v2");

    private final String word;

    ProxyProtocol(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static Optional<ProxyProtocol> of(String word) {
        return Arrays.stream(values()).filter(value -> value.word.equals(word)).findFirst();
    }
}
