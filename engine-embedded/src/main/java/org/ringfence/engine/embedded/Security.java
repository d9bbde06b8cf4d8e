package org.ringfence.engine.embedded;

import java.nio.file.Path;

/** How peers prove that they belong to the cluster. */
public sealed interface Security {

    /**
     * TLS 1.3 in which both sides show the cluster's certificate; heartbeats carry a code made with a key derived from
     * the cluster's private key. {@link ClusterKey#create} makes the key store.
     *
     * @param keyStore PKCS12, with one private key and its certificate, the same on every node
     */
    record Tls(Path keyStore, String password) implements Security {
        @Override
        public String toString() {
            return "Tls[keyStore=" + keyStore + "]";
        }
    }

    /**
     * No secrecy and no proof: whoever reaches the port and knows the cluster's name is a node. Only for networks that
     * nobody else can reach, and only when the configuration says so in words.
     */
    record Plain() implements Security {}
}
