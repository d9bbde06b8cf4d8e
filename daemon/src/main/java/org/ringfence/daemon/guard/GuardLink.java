package org.ringfence.daemon.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ringfence.controller.selffencing.GuardPromise;
import org.ringfence.controller.selffencing.GuardRule;
import org.ringfence.guard.board.Board;
import org.ringfence.guard.board.Boot;
import org.ringfence.guard.board.GuardState;
import org.ringfence.guard.note.Note;
import org.ringfence.guard.settings.GuardSettings;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * What this node's guard says, and what it is told. Reading and telling touch memory alone, so that they can be done by the
 * thread that decides. Safe from any thread; one tells.
 */
public final class GuardLink {
    /** A guard turns several times a second; silent for so long, it is gone or hangs. */
    private static final Duration SILENT = Duration.ofSeconds(2);

    private static final String SHOWN = "guard-note.shown";

    private final GuardSettings settings;
    private final Board board;
    private final boolean boundBefore;
    private final Optional<Note> lastReset;
    private final boolean resetIsNew;

    private GuardLink(
            GuardSettings settings, Board board, boolean boundBefore, Optional<Note> lastReset, boolean resetIsNew) {
        this.settings = settings;
        this.board = board;
        this.boundBefore = boundBefore;
        this.lastReset = lastReset;
        this.resetIsNew = resetIsNew;
    }

    /** Opens the board, and reads the note that a guard has left before an earlier boot's end. */
    public static GuardLink open(GuardSettings settings) throws IOException {
        Board board = Board.open(settings.runFolder());
        boolean bound = board.beat() != GuardRule.NEVER && (board.flags() & GuardRule.CLEAN) == 0;
        board.daemon(ProcessHandle.current().pid());
        Path shown = settings.state().resolve(SHOWN);
        Optional<Note> note =
                Note.read(settings.note()).filter(found -> !found.boot().equals(bootNow()));
        if (note.isPresent()) {
            Files.move(settings.note(), shown, StandardCopyOption.ATOMIC_MOVE);
        }
        return new GuardLink(settings, board, bound, note.isPresent() ? note : Note.read(shown), note.isPresent());
    }

    private static String bootNow() {
        try {
            return Boot.identity();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether a daemon before this one had left something running that the guard goes by. */
    public boolean boundBefore() {
        return boundBefore;
    }

    /** The last reset by a guard, as far as the state folder knows. */
    public Optional<Note> lastReset() {
        return lastReset;
    }

    /** Whether that is told for the first time. */
    public boolean resetIsNew() {
        return resetIsNew;
    }

    /**
     * This daemon lives.
     *
     * @param bound whether something here could do harm, so that the guard goes by beats and lease
     * @param lease empty to leave it as it is
     */
    public void beat(boolean bound, Optional<Long> lease) {
        lease.ifPresent(board::lease);
        board.beat(System.nanoTime(), bound ? 0 : GuardRule.CLEAN);
    }

    /** Has the guard reset this host. */
    public void stop() {
        board.stop();
    }

    private boolean speaks() {
        long beat = board.guardBeat();
        return beat != GuardRule.NEVER && System.nanoTime() - beat < SILENT.toNanos();
    }

    /** Whether the guard lives and the watchdog is armed, or is left out by its administrator's wish. */
    public boolean isArmed() {
        return speaks()
                && switch (board.state()) {
                    case FEEDING, STARVING, ACTING -> board.guard() != 0;
                    case NONE, STARTING, ENDED -> false;
                };
    }

    /** Whether the guard lives and is about to arm the watchdog: it opens its disks, or waits as it was told to. */
    public boolean isStarting() {
        return speaks() && board.state() == GuardState.STARTING;
    }

    /** What peers may count on; empty when nothing is armed, or nothing that could reset a host that hangs. */
    public Optional<GuardPromise> promise() {
        if (!isArmed() || board.watchdogMillis() == 0) {
            return Optional.empty();
        }
        return Optional.of(new GuardPromise(
                Duration.ofMillis(board.holdMillis()),
                Duration.ofMillis(board.watchdogMillis()),
                board.disks(),
                Duration.ofMillis(board.msgwaitMillis())));
    }

    /** How often it reads the shared disks, in milliseconds; empty without any, and when it is silent. */
    public Optional<Long> loopMillis() {
        return Optional.of(board.loopMillis()).filter(millis -> isArmed() && millis > 0);
    }

    /** That a shared disk took lately for a read; empty without any, and when the guard is silent. */
    public Optional<Long> slowestReadMillis() {
        return loopMillis().map(_ -> board.slowestReadMillis());
    }

    /** How it stands, one line. */
    public String text() {
        if (!isArmed()) {
            return speaks() ? "not armed: " + board.state().name().toLowerCase(Locale.ROOT) : "not running";
        }
        String watchdog = board.watchdogMillis() == 0
                ? "NO WATCHDOG"
                : board.identity() + ", " + board.watchdogMillis() / 1000 + " s, dead at most "
                        + (board.holdMillis() + board.watchdogMillis()) + " ms after the last sign";
        String disks = board.disks() == 0
                ? "diskless"
                : Integer.bitCount(board.fresh()) + " of " + board.disks() + " disks read";
        return (board.state() == GuardState.FEEDING ? "armed: " : board.state() + ": ") + watchdog + "; " + disks;
    }

    /** What is wrong with it now, most serious first. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (!isArmed()) {
            problems.add(Problem.error(
                    Place.NONE,
                    "guard of " + settings.node(),
                    text() + "; nothing is started here, for nothing could stop this host",
                    "start it: ringfence guard"));
            return problems;
        }
        if (board.watchdogMillis() == 0) {
            problems.add(Problem.error(
                    Place.NONE,
                    "guard of " + settings.node(),
                    "runs WITHOUT A WATCHDOG, as it was told to: a host that hangs is not stopped by anything",
                    "start it without --without-watchdog, with a watchdog that ringfence watchdog probe finds good"));
        }
        if (board.state() == GuardState.STARVING) {
            problems.add(Problem.error(
                    Place.NONE,
                    "guard of " + settings.node(),
                    "the watchdog starves, this host is about to be reset",
                    ""));
        }
        if (Integer.bitCount(board.fresh()) < board.disks()) {
            List<String> unread = new ArrayList<>();
            for (int index = 0; index < settings.devices().size(); index++) {
                if ((board.fresh() & 1 << index) == 0) {
                    unread.add(settings.devices().get(index));
                }
            }
            problems.add(Problem.warning(
                    Place.NONE,
                    "guard of " + settings.node(),
                    "cannot read " + String.join(", ", unread),
                    "see its journal, and: ringfence sbd -d DEVICE check"));
        }
        if ((board.guardFlags() & Board.REAL_TIME) == 0 || (board.guardFlags() & Board.LOCKED) == 0) {
            problems.add(Problem.warning(
                    Place.NONE,
                    "guard of " + settings.node(),
                    "may be held up by a busy host: "
                            + ((board.guardFlags() & Board.REAL_TIME) == 0
                                    ? "no real-time class"
                                    : "memory not locked"),
                    "give its service LimitRTPRIO and LimitMEMLOCK"));
        }
        return problems;
    }
}
