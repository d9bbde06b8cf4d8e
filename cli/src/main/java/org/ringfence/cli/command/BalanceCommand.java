package org.ringfence.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.Context;
import org.ringfence.cli.LocalCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code ringfence balance}. The launcher starts the balancer itself, in a virtual machine made for it; this class is here for the
 * help, and for those who start the command without the launcher.
 */
@Command(
        name = "balance",
        description = {
            "Balances connections over many servers, as a file in the language of ldirectord.cf says.",
            "",
            "verify FILE                 says what is wrong with it, line by line",
            "show FILE [--json|--ipvs]   what it means, every default filled in",
            "run [--config FILE] [--path built-in|ipvs|auto] [--threads N] [--log FILE]   balances until it is told to"
                    + " end",
            "status [--json]             servers, weights, connections, the last answer of each check",
            "drain SERVER [--off]        no new connections to that server; --service ID for one service only",
            "weight SERVER N|configured  another weight for that server; --service ID for one service only",
            "reload                      reads the file again",
            "sync start --interface NAME directors with IPVS tell each other of connections; --id N, --group ADDRESS,",
            "                            --port N, --ttl N",
            "sync status [--json]        which of them run; sync stop ends them",
            "",
            "verify, show and run take a resource's parameters by --parameters FILE, each NAME=VALUE with a NUL at its"
                    + " end.",
            "Those that ask a running balancer have --socket FILE; see docs/load-balancing.md.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ringfence balance verify /etc/ha.d/ldirectord.cf",
            "  ringfence balance run --config web.cf",
            "  ringfence balance drain 198.51.100.1",
            "  ringfence balance sync start --interface eth1"
        })
public final class BalanceCommand extends LocalCommand {
    @SuppressWarnings("UnusedVariable") // taken, so that the answer is not about them
    @Unmatched
    private final List<String> forTheBalancer = new ArrayList<>();

    public BalanceCommand(Context context) {
        super(context);
    }

    @Override
    protected ExitStatus run() {
        terminal()
                .complain("balance: needs a word after it, see ringfence balance --help; the launcher, the script"
                        + " 'ringfence', carries it out");
        return ExitStatus.UNUSABLE_INPUT;
    }
}
