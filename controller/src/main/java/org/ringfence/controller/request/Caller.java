package org.ringfence.controller.request;

/** Who asks, as the kernel says: not what the caller claims. */
public record Caller(String user, int uid, int pid) {
    public static final Caller CLUSTER = new Caller("cluster", 0, 0);

    @Override
    public String toString() {
        return user;
    }
}
