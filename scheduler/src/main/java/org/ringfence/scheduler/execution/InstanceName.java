package org.ringfence.scheduler.execution;

/** Names of instances: {@code db:0} is one of {@code db}. */
final class InstanceName {
    private InstanceName() {}

    /** The name without an instance's number. */
    static String base(String name) {
        int colon = name.lastIndexOf(':');
        boolean numbered = colon > 0
                && colon < name.length() - 1
                && name.substring(colon + 1).chars().allMatch(Character::isDigit);
        return numbered ? name.substring(0, colon) : name;
    }
}
