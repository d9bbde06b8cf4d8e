package org.ringfence.model;

/**
 * Which resource agent or fence agent: {@code ocf:heartbeat:IPaddr2}, {@code systemd:nginx}, {@code stonith:fence_sbd}.
 *
 * @param standard {@code ocf}, {@code systemd}, {@code lsb}, {@code service} or {@code stonith}: {@code class} in the CIB
 * @param provider empty except for {@code ocf}
 */
public record AgentName(String standard, String provider, String type) {

    @Override
    public String toString() {
        return provider.isEmpty() ? standard + ":" + type : standard + ":" + provider + ":" + type;
    }
}
