package org.ringfence.model;

import org.jspecify.annotations.Nullable;

/**
 * Which resource agent or fence agent: {@code ocf:heartbeat:IPaddr2}, {@code systemd:nginx}, {@code stonith:fence_sbd}.
 *
 * @param standard {@code ocf}, {@code systemd}, {@code lsb}, {@code service} or {@code stonith}: {@code class} in the CIB
 * @param provider empty except for {@code ocf}
 */
public record AgentName(String standard, String provider, String type) {

    /** As records are compared, but the usual case first: most are the same object. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof AgentName that
                        && type.equals(that.type)
                        && provider.equals(that.provider)
                        && standard.equals(that.standard));
    }

    @Override
    public int hashCode() {
        return (standard.hashCode() * 31 + provider.hashCode()) * 31 + type.hashCode();
    }

    @Override
    public String toString() {
        return provider.isEmpty() ? standard + ":" + type : standard + ":" + provider + ":" + type;
    }
}
