package org.ringfence.daemon.status;

import java.util.Optional;
import java.util.OptionalInt;
import org.ringfence.daemon.access.Access;
import org.ringfence.linux.ErrnoException;
import org.ringfence.linux.UserDatabase;
import org.ringfence.model.cib.Cib;

/** Whose doings the configuration's roles are about, and which those are. */
final class Roles {
    private static final System.Logger LOG = System.getLogger(Roles.class.getName());
    private static final int ROOT = 0;
    /** The user that Pacemaker's own tools run as, whom its access control passes over too. */
    private static final String CLUSTER_USER = "hacluster";

    private Roles() {}

    /** Root, the daemon's own user and the cluster's user may do all, whatever the roles say. */
    static boolean bind(String user, int uid) {
        String own = System.getProperty("user.name", "");
        return uid != ROOT && !user.equals(own) && !user.equals(CLUSTER_USER);
    }

    /** Empty when the configuration does not ask for access control, or the caller stands above it. */
    static Optional<Access> of(Cib cib, String user, int uid) {
        if (!bind(user, uid) || !Access.isControlled(cib)) {
            return Optional.empty();
        }
        return Optional.of(Access.of(cib, user, group -> isMember(uid, group)));
    }

    /** A group that the host's user database cannot tell of gives no right. */
    private static boolean isMember(int uid, String group) {
        try {
            OptionalInt gid = UserDatabase.groupId(group);
            return gid.isPresent() && UserDatabase.isMember(uid, gid.getAsInt());
        } catch (ErrnoException failed) {
            LOG.log(System.Logger.Level.WARNING, "group {0} cannot be looked up: {1}", group, failed.getMessage());
            return false;
        }
    }
}
