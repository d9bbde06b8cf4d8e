package org.ringfence.network.balance.service;

/** What clients connect to. */
public sealed interface Target {
    Family family();

    /** The port that clients name; 0 for a mark. */
    int port();

    /** An address and a port of this host. */
    record Address(Endpoint endpoint) implements Target {
        @Override
        public Family family() {
            return endpoint.family();
        }

        @Override
        public int port() {
            return endpoint.port();
        }

        @Override
        public String toString() {
            return endpoint.toString();
        }
    }

    /** @param mark what the packet filter marks packets with, from 1 on */
    record Mark(int mark, Family family) implements Target {
        public Mark {
            if (mark < 1) {
                throw new IllegalArgumentException("no mark: " + mark);
            }
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public String toString() {
            return Integer.toString(mark);
        }
    }
}
