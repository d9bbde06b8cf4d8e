package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.ringfence.cli.testing.CommandRun;
import picocli.CommandLine;

/** What every command owes its user. */
class CommandsTest {

    private static List<CommandLine> all() {
        var all = new ArrayList<CommandLine>();
        new CommandLines(new CommandRun().context())
                .commandLine("")
                .getSubcommands()
                .values()
                .forEach(command -> {
                    all.add(command);
                    all.addAll(command.getSubcommands().values());
                });
        return all;
    }

    @TestFactory
    List<DynamicTest> helpDescribesAndGivesAnExample() {
        return all().stream()
                .map(command -> DynamicTest.dynamicTest(command.getCommandSpec().qualifiedName(), () -> {
                    String help = command.getUsageMessage();
                    assertThat(help).contains("Example");
                    assertThat(help).contains("  " + command.getCommandSpec().qualifiedName());
                    assertThat(command.getCommandSpec().usageMessage().description())
                            .isNotEmpty();
                    assertThat(help.lines())
                            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> whoAsksANodeHasJsonAndSocket() {
        return all().stream()
                .filter(command -> command.getCommand() instanceof NodeCommand)
                .map(command -> DynamicTest.dynamicTest(
                        command.getCommandSpec().qualifiedName(),
                        () -> assertThat(command.getCommandSpec().optionsMap())
                                .containsKeys("--json", "--socket", "--help")))
                .toList();
    }

    @TestFactory
    List<DynamicTest> whoChangesTheClusterHasAPlan() {
        return all().stream()
                .filter(command -> command.getCommand() instanceof ChangingCommand)
                .map(command -> DynamicTest.dynamicTest(
                        command.getCommandSpec().qualifiedName(),
                        () -> assertThat(command.getCommandSpec().optionsMap()).containsKey("--plan")))
                .toList();
    }
}
