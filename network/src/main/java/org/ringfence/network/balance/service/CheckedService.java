package org.ringfence.network.balance.service;

import java.util.Arrays;
import java.util.Optional;

/** The protocol of a negotiate check, and the port by which it is guessed (ldirectord(8), "service"). */
public enum CheckedService {
    DNS("dns", 53),
    FTP("ftp", 21),
    HTTP("http", 80),
    HTTPS("https", 443),
    HTTP_PROXY("http_proxy", 3128),
    IMAP("imap", 143),
    IMAPS("imaps", 993),
    LDAP("ldap", 389),
    LDAPS("ldaps", 636),
    MYSQL("mysql", 3306),
    NNTP("nntp", 119),
    /** Not monitored: taken to work. */
    NONE("none", 0),
    ORACLE("oracle", 1521),
    PGSQL("pgsql", 5432),
    POP("pop", 110),
    POPS("pops", 995),
    RADIUS("radius", 1812),
    SIMPLETCP("simpletcp", 0),
    SIP("sip", 5060),
    SMTP("smtp", 25),
    SUBMISSION("submission", 587);

    private final String word;
    private final int port;

    CheckedService(String word, int port) {
        this.word = word;
        this.port = port;
    }

    public String word() {
        return word;
    }

    /** Of these words, one that asks a database and needs to be told which, as whom, and what. */
    public boolean isDatabase() {
        return this == MYSQL || this == PGSQL || this == ORACLE;
    }

    public static Optional<CheckedService> of(String word) {
        return Arrays.stream(values()).filter(value -> value.word.equals(word)).findFirst();
    }

    public static CheckedService ofPort(int port) {
        return Arrays.stream(values())
                .filter(value -> value.port == port && port != 0)
                .findFirst()
                .orElse(NONE);
    }
}
