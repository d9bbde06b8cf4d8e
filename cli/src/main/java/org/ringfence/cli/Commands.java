package org.ringfence.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;
import org.ringfence.cli.command.ApplyCommand;
import org.ringfence.cli.command.BalanceCommand;
import org.ringfence.cli.command.BanCommand;
import org.ringfence.cli.command.CleanupCommand;
import org.ringfence.cli.command.ConfigureCommand;
import org.ringfence.cli.command.DemoCommand;
import org.ringfence.cli.command.DiffCommand;
import org.ringfence.cli.command.FenceCommand;
import org.ringfence.cli.command.GuardCommand;
import org.ringfence.cli.command.HistoryCommand;
import org.ringfence.cli.command.ImportCommand;
import org.ringfence.cli.command.MaintenanceCommand;
import org.ringfence.cli.command.MoveCommand;
import org.ringfence.cli.command.NodeGroup;
import org.ringfence.cli.command.ReportCommand;
import org.ringfence.cli.command.RollbackCommand;
import org.ringfence.cli.command.SbdCommand;
import org.ringfence.cli.command.SimCommand;
import org.ringfence.cli.command.StandbyCommand;
import org.ringfence.cli.command.StatusCommand;
import org.ringfence.cli.command.TimersCommand;
import org.ringfence.cli.command.WaitCommand;
import org.ringfence.cli.command.WatchdogGroup;
import org.ringfence.cli.foresee.DoctorCommand;
import org.ringfence.cli.foresee.WhatIfCommand;
import org.ringfence.cli.foresee.WhyCommand;
import org.ringfence.cli.foresee.WhyFencedCommand;
import org.ringfence.cli.offline.SimulateCommand;
import org.ringfence.cli.setup.InitCommand;
import org.ringfence.cli.setup.JoinCommand;

/** All commands, in the order in which help lists them. Each is made only when it is needed: that is most of a command's start. */
final class Commands {
    static final SequencedMap<String, Function<Context, LocalCommand>> ALL = all();

    private Commands() {}

    private static SequencedMap<String, Function<Context, LocalCommand>> all() {
        var all = new LinkedHashMap<String, Function<Context, LocalCommand>>();
        all.put("status", StatusCommand::new);
        all.put("why", WhyCommand::new);
        all.put("why-fenced", WhyFencedCommand::new);
        all.put("whatif", WhatIfCommand::new);
        all.put("doctor", DoctorCommand::new);
        all.put("history", HistoryCommand::new);
        all.put("configure", ConfigureCommand::new);
        all.put("import", ImportCommand::new);
        all.put("diff", DiffCommand::new);
        all.put("apply", ApplyCommand::new);
        all.put("rollback", RollbackCommand::new);
        all.put("move", MoveCommand::new);
        all.put("ban", BanCommand::new);
        all.put("cleanup", CleanupCommand::new);
        all.put("standby", StandbyCommand::new);
        all.put("maintenance", MaintenanceCommand::new);
        all.put("fence", FenceCommand::new);
        all.put("wait", WaitCommand::new);
        all.put("report", ReportCommand::new);
        all.put("node", NodeGroup::new);
        all.put("init", InitCommand::new);
        all.put("join", JoinCommand::new);
        all.put("simulate", SimulateCommand::new);
        all.put("sim", SimCommand::new);
        all.put("guard", GuardCommand::new);
        all.put("sbd", SbdCommand::new);
        all.put("balance", BalanceCommand::new);
        all.put("timers", TimersCommand::new);
        all.put("watchdog", WatchdogGroup::new);
        all.put("demo", DemoCommand::new);
        all.put("completion", CompletionCommand::new);
        all.put("manual", ManualCommand::new);
        return Collections.unmodifiableSequencedMap(all);
    }
}
