package org.ringfence.cli;

import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ringfence.api.DaemonUnavailableException;
import org.ringfence.api.ExitStatus;
import org.ringfence.cli.input.DemoFencing;
import org.ringfence.cli.input.Durations;
import org.ringfence.cli.input.NodeNames;
import org.ringfence.cli.input.Switch;
import org.ringfence.cli.input.Victim;
import org.ringfence.cli.input.YesOrNo;
import org.ringfence.demo.cluster.Fencing;
import org.ringfence.model.NodeId;
import org.ringfence.model.problem.Suggestion;
import org.ringfence.model.problem.UnusableInputException;
import org.ringfence.scheduler.execution.OperationOutcome;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads a command line and carries it out; whatever goes wrong becomes one line and an exit status. */
final class CommandLines {
    private final Context context;

    CommandLines(Context context) {
        this.context = context;
    }

    int run(String... arguments) {
        CommandLine line = commandLine(arguments.length == 0 ? "" : arguments[0]);
        int status = line.execute(arguments);
        context.terminal().flush();
        return status;
    }

    /** Only the command that {@code first} names is made; all of them when it names none, for the list and for suggestions. */
    CommandLine commandLine(String first) {
        var line = new CommandLine(new Ringfence(), new ContextFactory(context));
        Commands.ALL.forEach((name, command) -> {
            if (name.equals(first) || !Commands.ALL.containsKey(first)) {
                line.addSubcommand(name, command.apply(context));
            }
        });
        Help.Ansi ansi = context.terminal().colour() ? Help.Ansi.ON : Help.Ansi.OFF;
        return line.registerConverter(NodeId.class, reading(NodeNames::parse))
                .registerConverter(Duration.class, reading(Durations::parse))
                .registerConverter(Switch.class, reading(Switch::parse))
                .registerConverter(CompletionCommand.Shell.class, reading(CompletionCommand.Shell::parse))
                .registerConverter(Victim.class, reading(Victim::parse))
                .registerConverter(Fencing.class, reading(DemoFencing::parse))
                .registerConverter(YesOrNo.class, reading(YesOrNo::parse))
                .registerConverter(OperationOutcome.class, reading(OperationOutcome::parse))
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setOut(context.terminal().out())
                .setErr(context.terminal().err())
                .setParameterExceptionHandler(this::unusable)
                .setExecutionExceptionHandler((exception, _, _) -> failed(exception));
    }

    private int unusable(ParameterException exception, String[] arguments) {
        context.terminal().complain(explain(exception));
        return ExitStatus.UNUSABLE_INPUT.number();
    }

    private int failed(Exception exception) throws Exception {
        return switch (exception) {
            case UnusableInputException unusable -> {
                context.terminal().complain(unusable.problem().toString());
                yield ExitStatus.UNUSABLE_INPUT.number();
            }
            case DaemonUnavailableException unavailable -> {
                context.terminal().complain(String.valueOf(unavailable.getMessage()));
                yield ExitStatus.NOT_DONE.number();
            }
            case ParameterException parameter -> unusable(parameter, new String[0]);
            default -> throw exception;
        };
    }

    private static String explain(ParameterException exception) {
        CommandLine line = exception.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        String prefix = line.getParent() == null ? "" : name.substring("ringfence ".length()) + ": ";
        String reason = switch (exception) {
            case UnmatchedArgumentException unmatched -> unknown(unmatched, line);
            case MissingParameterException missing -> missing(missing);
            default -> inASentence(String.valueOf(exception.getMessage()));
        };
        return prefix + reason + (reason.endsWith("?") ? "" : "; see '" + name + " --help'");
    }

    private static String unknown(UnmatchedArgumentException exception, CommandLine line) {
        String word = exception.getUnmatched().getFirst();
        List<String> known = new ArrayList<>();
        String kind;
        if (exception.isUnknownOption()) {
            kind = "option";
            line.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        } else if (!line.getSubcommands().isEmpty()) {
            kind = "command";
            known.addAll(line.getSubcommands().keySet());
        } else {
            return "'" + word + "' is one word too many";
        }
        Optional<String> meant = Suggestion.nearest(word, known);
        return "unknown " + kind + " '" + word + "'"
                + meant.map(one -> "; did you mean '" + one + "'?").orElse("");
    }

    private static String missing(MissingParameterException exception) {
        List<String> labels =
                exception.getMissing().stream().map(CommandLines::label).toList();
        return String.join(" and ", labels) + (labels.size() == 1 ? " is missing" : " are missing");
    }

    private static String label(ArgSpec argument) {
        return argument.isOption() ? ((CommandLine.Model.OptionSpec) argument).longestName() : argument.paramLabel();
    }

    /** The first line of a message that begins as a sentence does. */
    private static String inASentence(String message) {
        String line = message.lines().findFirst().orElse("");
        return line.startsWith("Invalid") ? "i" + line.substring(1) : line;
    }

    /** A converter whose complaint is shown as it stands. */
    private static <T> ITypeConverter<T> reading(Function<String, T> reading) {
        return text -> {
            try {
                return reading.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        };
    }

    /** Makes the commands that stand below others. */
    private record ContextFactory(Context context) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            if (LocalCommand.class.isAssignableFrom(type)) {
                Constructor<K> constructor = type.getConstructor(Context.class);
                return constructor.newInstance(context);
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
