package org.ringfence.controller.fencing;

/**
 * One step of the proof that a node can be fenced.
 *
 * @param what the step: see {@link Kind}
 * @param text what was found, one line
 */
public record ProofStep(Kind what, Verdict verdict, String text) {

    /** What is looked at, in the order in which it is. */
    public enum Kind {
        AGENT("the agent is on the executing node and describes itself"),
        PARAMETERS("the device has every parameter that its agent requires"),
        DEVICE("the device answers from the executing node"),
        STATUS("the device knows the node, and is right about whether it is on"),
        LIST("the device lists the node under the name that the cluster uses"),
        GUARD("the node's own guard has read a message from the shared disks and answered it"),
        WATCHDOG("the node's watchdog is armed, so that it stops when its guard does");

        private final String proves;

        Kind(String proves) {
            this.proves = proves;
        }

        /** What has been shown when it ends well. */
        public String proves() {
            return proves;
        }
    }

    /** How it came out. */
    public enum Verdict {
        PROVEN,
        FAILED,
        /** There is nothing to prove: the device or the node has no such thing. */
        NOT_CONFIGURED,
        /** An earlier step failed. */
        NOT_TRIED
    }

    boolean failed() {
        return verdict == Verdict.FAILED;
    }
}
