package org.ringfence.simulator.plant;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.ringfence.simulator.world.Machine;

/** The faults that can be planted, and the invariant that must find each. */
public enum Plant {
    RECOVERY_BEFORE_FENCING(
            "recovery-before-fencing",
            "NoRecoveryBeforeFencing",
            "a DC takes lost nodes for fenced ones",
            () -> Memory::takesLostForFenced),
    WRONG_FENCE_ANSWER(
            "wrong-fence-answer",
            "NoRecoveryBeforeFencing",
            "a DC credits the answer of a fence agent to another node's fencing",
            () -> Hearing::creditsTheWrongFencing),
    CLAIMED_STOP(
            "claimed-stop",
            "ActiveOnOneNodeOnly",
            "a node says that it has stopped a resource and has not",
            () -> Doing::claimsToStop),
    STARTS_UNFENCED(
            "starts-unfenced",
            "NothingStartsUnfenced",
            "the interlock lets everything pass",
            () -> Memory::waivesEverything),
    NO_QUORUM(
            "no-quorum",
            "NoActionWithoutQuorum",
            "a node thinks that one vote is enough",
            () -> Memory::countsOneVoteOnly),
    TWO_DCS(
            "two-dcs",
            "OneDesignatedController",
            "a DC promises to take part in another view and goes on in its own",
            () -> Hearing::promisesAndStays),
    EARLY_ACKNOWLEDGEMENT(
            "early-acknowledgement",
            "AcknowledgedConfigurationSurvives",
            "a member acknowledges a change before its disk has it",
            () -> Doing::acknowledgesEarly),
    FORGOTTEN_CHANGE(
            "forgotten-change",
            "AcknowledgedConfigurationSurvives",
            "a DC goes by its own configuration and forgets what others have",
            () -> Hearing::ignoresWhatOthersHold),
    VIEW_TWICE("view-twice", "ViewsAreUnique", "a view is installed a second time", () -> Doing::installsTwice),
    OLD_MESSAGE(
            "old-message",
            "MessagesDieWithTheirView",
            "a message of another view is taken for one of this view",
            () -> Hearing::takesOldMessages),
    LOST_FAIL_COUNT(
            "lost-fail-count",
            "NoFactIsForgotten",
            "a DC does not listen to what joining members know of failures",
            () -> Hearing::losesFailCounts),
    NEWER_WORDS(
            "newer-words",
            "OlderReleasesUnderstand",
            "a node speaks to every other as if it were of the newest release",
            () -> Hearing::takesAllForNewest),
    FED_WITHOUT_LEASE(
            "fed-without-lease",
            "SelfFenceInTime",
            "a guard feeds its watchdog whether or not the node is heard",
            () -> Guards::feedsWithoutLease),
    SHORT_WAIT(
            "short-wait",
            "SelfFenceInTime",
            "a DC waits for less than hold time and watchdog together",
            () -> Guards::waitsTooShort),
    UNWAITED_MESSAGE(
            "unwaited-message",
            "SelfFenceInTime",
            "a message on shared disks counts before msgwait is over",
            () -> Guards::doesNotWaitForTheMessage),
    IGNORED_START(
            "ignored-start",
            "Converges",
            "a node does nothing when it is asked to start something",
            () -> Hearing::ignoresStarts);

    private final String label;
    private final String invariant;
    private final String description;

    @SuppressWarnings("ImmutableEnumChecker") // a function that makes functions: nothing of it changes
    private final Supplier<Machine> machine;

    Plant(String label, String invariant, String description, Supplier<Machine> machine) {
        this.label = label;
        this.invariant = invariant;
        this.description = description;
        this.machine = machine;
    }

    /** The plant of this name; empty when there is none. */
    public static Optional<Plant> named(String label) {
        return Arrays.stream(values())
                .filter(plant -> plant.label.equals(label))
                .findFirst();
    }

    /** As {@code --plant} takes it. */
    public String label() {
        return label;
    }

    /** Which invariant must find it. */
    public String invariant() {
        return invariant;
    }

    /** What is wrong, in one clause. */
    public String description() {
        return description;
    }

    /** Makes the machine with the fault around it. */
    public Supplier<Machine> machine() {
        return machine;
    }
}
