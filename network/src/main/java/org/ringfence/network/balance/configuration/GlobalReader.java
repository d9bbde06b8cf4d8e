package org.ringfence.network.balance.configuration;

import java.util.List;
import org.ringfence.network.balance.service.BalanceConfiguration;

/** Reads what is said for the whole file. */
final class GlobalReader {
    private final Section global;
    private final Values values;

    GlobalReader(Section global, Problems problems) {
        this.global = global;
        this.values = new Values(global, global, problems);
    }

    BalanceConfiguration.Options options() {
        List<String> execute =
                global.repeated().stream().map(Directive::text).distinct().toList();
        return new BalanceConfiguration.Options(
                values.yes("autoreload", false),
                values.text("callback"),
                values.text("logfile"),
                execute,
                values.yes("supervised", false),
                values.yes("fork", false),
                values.text("maintenancedir"));
    }
}
