package org.ringfence.api.history;

/**
 * What kind of thing happened. The comment names the subject, and the details where there are any; programs find the phases
 * of a recovery by these.
 */
public enum HistoryKind {
    /** The node's daemon began. */
    DAEMON_STARTED,
    /** The node's daemon ends in order. */
    DAEMON_STOPPED,

    /** The node was lost sight of: the fault as it was noticed. Details: {@code silence}. */
    NODE_LOST,
    /** The node is late, but there. */
    NODE_SLOW,
    /** The node answers in time again. */
    NODE_PROMPT,
    /** The node can be reached. */
    NODE_REACHABLE,
    /** The node said that it leaves. */
    NODE_LEFT,
    /** The node joined and may be given resources. */
    NODE_JOINED,

    /** The cluster's members agreed on a view. Details: {@code view}, {@code members}. */
    VIEW_AGREED,
    QUORUM_GAINED,
    QUORUM_LOST,
    /** The node became the designated controller. */
    DC_ELECTED,

    /** The node is to be fenced. Details: {@code action}, {@code cause}. */
    FENCE_ASKED,
    /** A device began to fence the node. Details: {@code device}, {@code executor}. */
    FENCE_BEGUN,
    /** The node is known to be fenced. Details: {@code action}, {@code device} or {@code person}. */
    FENCE_CONFIRMED,
    /** An attempt to fence the node failed. Details: {@code device}, {@code reason}. */
    FENCE_FAILED,
    /** The fence device was shown to work. */
    FENCE_PROVEN,

    /** What is to be done was decided. Details: {@code transition}, {@code actions}, {@code cause}. */
    TRANSITION_COMPUTED,
    /** All of it is done. Details: {@code transition}. */
    TRANSITION_COMPLETE,
    /** It was given up because the world changed. Details: {@code transition}, {@code cause}. */
    TRANSITION_ABORTED,

    /** An operation of the resource began. Details: {@code operation}, {@code target} (the node). */
    ACTION_BEGUN,
    /** It ended. Details: {@code operation}, {@code target}, {@code result}, {@code took_ms}. */
    ACTION_ENDED,
    /** The resource was found failed. Details: {@code target}, {@code operation}, {@code reason}. */
    RESOURCE_FAILED,

    /** The configuration was changed. Details: {@code version}, {@code who}, {@code reason}. */
    CONFIGURATION_CHANGED,
    /** A person or a program asked for something. Details: {@code who}, {@code request}. */
    ASKED,
    ATTRIBUTE_CHANGED,

    /** Nothing starts from now on. */
    INTERLOCK_ENGAGED,
    /** Resources may start from now on. */
    INTERLOCK_RELEASED,

    /** Something is wrong that is none of the above. */
    PROBLEM,
    /** A kind that this reader does not know. */
    OTHER
}
