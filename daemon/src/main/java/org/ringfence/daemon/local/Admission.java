package org.ringfence.daemon.local;

import java.util.List;
import java.util.Optional;
import org.ringfence.api.Reply;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.PeerCredentials;
import org.ringfence.linux.UserDatabase;
import org.ringfence.model.problem.Place;
import org.ringfence.model.problem.Problem;

/**
 * Who may ask: root, the user that the daemon runs as, and the members of the admin group.
 *
 * @param own   the user that the daemon runs as
 * @param group the admin group; empty when there is none
 */
record Admission(int own, Optional<Group> group) {
    private static final int ROOT = 0;

    /** A group of the host. */
    record Group(String name, int gid) {}

    boolean admits(PeerCredentials peer) throws ErrnoException {
        if (peer.uid() == ROOT || peer.uid() == own) {
            return true;
        }
        return group.isPresent()
                && (peer.gid() == group.get().gid || UserDatabase.isMember(peer.uid(), group.get().gid));
    }

    Reply.Outcome refusal(Caller caller) {
        String remedy = group.map(named -> "ask as root, or become a member of the group " + named.name)
                .orElse("ask as root");
        return new Reply.NotDone(List.of(
                Problem.error(Place.NONE, "", caller.user() + " may not ask anything of this node's daemon", remedy)));
    }
}
