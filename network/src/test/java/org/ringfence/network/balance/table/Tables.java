package org.ringfence.network.balance.table;

import org.ringfence.network.balance.configuration.ConfigurationReader;
import org.ringfence.network.balance.configuration.FixedNames;
import org.ringfence.network.balance.configuration.Reading;
import org.ringfence.network.balance.service.BalanceConfiguration;
import org.ringfence.network.balance.service.RealServer;
import org.ringfence.network.balance.service.VirtualService;

/** Configurations of a few lines, and rosters of them. */
public final class Tables {
    private Tables() {}

    public static BalanceConfiguration configuration(String text) {
        Reading reading = ConfigurationReader.read("f", text, new FixedNames());
        return reading.configuration()
                .orElseThrow(() -> new AssertionError(reading.problems().toString()));
    }

    /** With every server up. */
    public static Roster up(String text) {
        BalanceConfiguration configuration = configuration(text);
        Roster roster = Roster.of(configuration);
        for (VirtualService service : configuration.services()) {
            for (RealServer server : service.servers()) {
                roster = roster.up(service.id(), server.endpoint(), true);
            }
        }
        return roster;
    }
}
