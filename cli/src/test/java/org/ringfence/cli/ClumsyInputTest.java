package org.ringfence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ringfence.cli.testing.CommandRun;

/** Whatever is typed wrong gives one line that says what, status 2, and nothing on standard output. */
class ClumsyInputTest {
    @TempDir
    Path folder;

    private String complaint(int expectedStatus, String... arguments) {
        var run = new CommandRun();
        int status = new CommandLines(run.context()).run(arguments);
        assertThat(status)
                .as("status of %s, which said: %s", String.join(" ", arguments), run.err())
                .isEqualTo(expectedStatus);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        return run.err().strip();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '"', textBlock = """
        ""                                => a command is missing; see 'ringfence --help'
        stauts                            => unknown command 'stauts'; did you mean 'status'?
        frobnicate                        => unknown command 'frobnicate'; see 'ringfence --help'
        --jsn                             => unknown option '--jsn'; see 'ringfence --help'
        status --jsn                      => status: unknown option '--jsn'; did you mean '--json'?
        status now                        => status: 'now' is one word too many; see 'ringfence status --help'
        standby                           => standby: NODE is missing; see 'ringfence standby --help'
        standby a b                       => standby: 'b' is one word too many; see 'ringfence standby --help'
        configure                         => configure: one of show, load, edit, set, delete, verify, history, waive must follow; see 'ringfence configure --help'
        configure shwo                    => configure: unknown command 'shwo'; did you mean 'show'?
        configure set maintenance         => 'maintenance': is not NAME=VALUE; write for example no-quorum-policy=stop
        configure waive                   => configure waive: RESOURCE is missing: a waiver names the resources that it covers; see 'ringfence configure waive --help'
        configure waive db                => configure waive: --reason is missing: a waiver says why it is acceptable; see 'ringfence configure waive --help'
        move web --for 10                 => move: invalid value for option '--for': '10' is not a duration; write one with its unit, such as 90s, 10m, 1h30m or 2d; see 'ringfence move --help'
        wait --timeout 0s                 => wait: invalid value for option '--timeout': '0s' is not longer than nothing; see 'ringfence wait --help'
        maintenance sideways              => maintenance: invalid value for positional parameter at index 0 (on|off): 'sideways' is neither on nor off; see 'ringfence maintenance --help'
        fence                             => fence: NODE is missing; see 'ringfence fence --help'
        fence confirm n2                  => fence confirm: --reason is missing; see 'ringfence fence confirm --help'
        history --since tomorrow          => --since: 'tomorrow' is not a point in time; write 10m (ago), 14:05, 2026-03-01 14:05 or 2026-03-01T14:05:00Z
        configure load nowhere.xml        => nowhere.xml: does not exist
        configure load updat nowhere.crm  => configure load: 'updat' is none of replace, update, push; did you mean 'update'?
        apply nowhere.crm                 => nowhere.crm: does not exist
        apply                             => apply: FILE is missing; see 'ringfence apply --help'
        rollback yesterday                => rollback: invalid value for positional parameter at index 0 (NUMBER): 'yesterday' is not an int; see 'ringfence rollback --help'
        diff                              => diff: FILE is missing; see 'ringfence diff --help'
        configure verify /                => /: is a folder, not a file
        """)
    void oneLineSaysWhatIsWrong(String typed, String expected) {
        String[] arguments = typed.isEmpty() ? new String[0] : typed.split(" ");
        assertThat(complaint(2, arguments)).isEqualTo("ringfence: " + expected);
    }

    @Test
    void twoOfOneKindAreRefused() {
        assertThat(complaint(2, "fence", "n2", "--off", "--on"))
                .contains("--off")
                .contains("--on");
    }

    @Test
    void aMalformedCibNamesFileLineColumnAndElement() throws IOException {
        Path file = folder.resolve("broken.xml");
        Files.writeString(file, "<cib>\n  <configuration>\n    <resources>\n  </configuration>\n</cib>\n");
        assertThat(complaint(2, "configure", "load", file.toString()))
                .startsWith("ringfence: " + file + ":4:3: resources")
                .contains("not closed");
    }

    @Test
    void aFileThatIsNotTextIsRefused() throws IOException {
        Path file = folder.resolve("picture.png");
        Files.write(file, new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        assertThat(complaint(2, "configure", "verify", file.toString())).endsWith("is not text in UTF-8");
    }

    @Test
    void aNodeThatIsNotThereIsStatusOneAndSaysHowToStartIt() {
        String socket = folder.resolve("none.sock").toString();
        assertThat(complaint(1, "status", "--socket", socket)).contains(socket).contains("ringfence node run");
    }
}
