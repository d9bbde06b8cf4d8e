package org.ringfence.network.balance.table;

import java.util.OptionalInt;

/**
 * How one server stands.
 *
 * @param known   whether a check has said anything yet
 * @param up      whether its checks say that it works
 * @param drained whether the administrator wants no new connections on it
 * @param weight  the administrator's, in place of the configuration's
 */
public record Condition(boolean known, boolean up, boolean drained, OptionalInt weight) {
    static final Condition UNKNOWN = new Condition(false, false, false, OptionalInt.empty());
}
