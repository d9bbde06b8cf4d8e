package org.ringfence.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** One command's manual page, in the language of man(7). */
final class ManualPage {
    private static final String EXIT_STATUS =
            "0 done, 1 not done, 2 unusable input and nothing changed, 3 refused as unsafe.";

    private final CommandLine line;
    private final CommandSpec spec;
    private final List<String> lines = new ArrayList<>();

    ManualPage(CommandLine line) {
        this.line = line;
        this.spec = line.getCommandSpec();
    }

    /** {@code ringfence-fence-test.1}. */
    String fileName() {
        return dashed() + ".1";
    }

    private String dashed() {
        return spec.qualifiedName("-");
    }

    String roff() {
        UsageMessageSpec usage = spec.usageMessage();
        List<String> description = expanded(usage.description());
        lines.add(".TH " + dashed().toUpperCase(Locale.ROOT) + " 1 \"\" \"ringfence " + Ringfence.VERSION
                + "\" \"Ringfence\"");
        section("NAME");
        lines.add(text(dashed() + " - " + (description.isEmpty() ? "" : firstSentence(description.getFirst()))));
        section("SYNOPSIS");
        var help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
        lines.add(text(help.synopsis(0).strip().replaceAll("\\s+", " ")));
        section("DESCRIPTION");
        for (String paragraph : description) {
            lines.add(".PP");
            lines.add(text(paragraph));
        }
        arguments();
        commands();
        if (usage.footer().length > 0) {
            section(usage.footerHeading().contains("First") ? "FIRST STEPS" : "EXAMPLES");
            lines.add(".nf");
            expanded(usage.footer()).forEach(one -> lines.add(text(one)));
            lines.add(".fi");
        }
        section("EXIT STATUS");
        lines.add(text(EXIT_STATUS));
        if (line.getParent() != null) {
            section("SEE ALSO");
            lines.add(".BR " + text(new ManualPage(line.getParent()).dashed()) + " (1)");
        }
        return String.join("\n", lines) + "\n";
    }

    private void arguments() {
        boolean any = !spec.options().isEmpty() || !spec.positionalParameters().isEmpty();
        if (!any) {
            return;
        }
        section("OPTIONS");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            entry("\\fI" + text(parameter.paramLabel()) + "\\fR", parameter.description());
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                String names = String.join(
                        ", ",
                        Arrays.stream(option.names()).map(ManualPage::text).toList());
                String value = option.arity().max() > 0 ? " \\fI" + text(option.paramLabel()) + "\\fR" : "";
                entry("\\fB" + names + "\\fR" + value, option.description());
            }
        }
    }

    private void commands() {
        if (line.getSubcommands().isEmpty()) {
            return;
        }
        section("COMMANDS");
        line.getSubcommands().forEach((name, below) -> {
            String[] description = below.getCommandSpec().usageMessage().description();
            entry("\\fB" + text(name) + "\\fR", description.length > 0 ? new String[] {description[0]} : new String[0]);
        });
    }

    private void entry(String head, String... description) {
        lines.add(".TP");
        lines.add(head);
        expanded(description).forEach(one -> lines.add(text(one)));
    }

    private void section(String title) {
        lines.add(".SH " + title);
    }

    /** As help expands them: {@code %n} and {@code %%}. */
    private static List<String> expanded(String... formats) {
        return Arrays.stream(formats)
                .map(format -> String.format(Locale.ROOT, format))
                .toList();
    }

    private static String firstSentence(String text) {
        int end = text.indexOf(". ");
        String sentence = end < 0 ? text : text.substring(0, end);
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** A backslash, a dash and a dot at the beginning mean something to roff. */
    private static String text(String plain) {
        String escaped = plain.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
