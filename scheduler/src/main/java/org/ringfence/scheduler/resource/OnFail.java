package org.ringfence.scheduler.resource;

/** What a failure leads to, from mild to severe: of several failures the severest decides. */
public enum OnFail {
    IGNORE,
    DEMOTE,
    RESTART,
    RESET_REMOTE,
    RESTART_CONTAINER,
    BAN,
    BLOCK,
    STOP,
    STANDBY,
    FENCE
}
