package org.ringfence.cli.screen;

import org.ringfence.api.Reply;
import org.ringfence.cli.terminal.Style;
import org.ringfence.cli.terminal.Terminal;

/**
 * How far long work is, on standard error: one line written over again where a person is looking, one line for each step where a
 * log is, nothing where a program reads.
 */
public final class ProgressLine {
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final Terminal terminal;
    private final boolean silent;
    private boolean shown;

    public ProgressLine(Terminal terminal, boolean silent) {
        this.terminal = terminal;
        this.silent = silent;
    }

    public void show(Reply reply) {
        if (silent || !(reply instanceof Reply.Progress(String text, int done, int of))) {
            return;
        }
        String line = of > 0 ? "[" + done + "/" + of + "] " + text : text;
        if (terminal.colour()) {
            terminal.err().print(BACK_AND_CLEAR + terminal.paint(Style.FAINT, line));
            shown = true;
        } else {
            terminal.err().print(line + "\n");
        }
        terminal.err().flush();
    }

    /** Takes the line away, so that the answer stands alone. */
    public void clear() {
        if (shown) {
            terminal.err().print(BACK_AND_CLEAR);
            terminal.err().flush();
            shown = false;
        }
    }
}
